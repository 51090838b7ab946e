"""Export: answers come in; references and files in Markdown, CSV and DOCX go out."""
