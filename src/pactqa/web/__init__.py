"""The web page: a Gradio app around the Assistant."""
