"""Conversion: the bytes of a file come in; its text and what it says of itself go out.

`kinds` recognises what a file is by what is in it, never by its name. Text is decoded here
(`decoding`); of everything else `convert` has a process of its own (`worker`) make Markdown, so
that no file can take more time or memory than the settings allow: `web_page`, `word`, `pdf` with
`pdf_lines` and `pdf_furniture`, and of `archives` `open_document` and `epub`, which put their
`blocks` together. The outcome is a `document`.
"""
