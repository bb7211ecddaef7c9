"""Answers, sources and articles as HTML.

Whatever an article, a question or an answer says is plain text here: `Markup.format` escapes every
value that isn't itself Markup, and no function makes Markup of anything but a literal.
"""
