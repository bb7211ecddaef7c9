"""The page's colours and fonts, light and dark; what Gradio has no name for is in page.css."""

from __future__ import annotations

import gradio as gr


def make_theme() -> gr.themes.Base:
    """Make a theme whose fonts ship with Gradio: others would come from another host."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.slate,
        neutral_hue=gr.themes.colors.stone,
        font=[gr.themes.LocalFont("IBM Plex Sans", weights=(400, 700)), "system-ui", "sans-serif"],
        font_mono=["ui-monospace", "monospace"],
    ).set(
        body_background_fill="#fdfcf9",
        body_background_fill_dark="#171614",
        background_fill_primary="#fff",
        background_fill_primary_dark="#211f1c",
        background_fill_secondary="#f7f5ef",
        background_fill_secondary_dark="#1c1b18",
        body_text_color="#1d1b18",
        body_text_color_dark="#ece8e0",
        body_text_color_subdued="#68635a",
        body_text_color_subdued_dark="#aaa397",
        border_color_primary="#e2ddd2",
        border_color_primary_dark="#3a3731",
        block_background_fill="*background_fill_primary",
        block_border_color="*border_color_primary",
        input_border_width="1px",
        input_border_color="*border_color_primary",
        input_background_fill="*background_fill_primary",
        input_background_fill_dark="*background_fill_primary",
        input_placeholder_color="*body_text_color_subdued",
        input_placeholder_color_dark="*body_text_color_subdued",
    )
