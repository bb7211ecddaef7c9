"""What a person or another program touches: a page and a command line over `rag`."""
