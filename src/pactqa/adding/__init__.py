"""Adding: a file of a person comes in; an essay of the corpus, edited or removed, goes out.

`proposals` says what a file would become, and `similarity` which essays say the same already;
`changes` writes it, and edits, removes and restores essays: files are written whole or not at all,
nothing is replaced without being told, and nothing is ever deleted. Each leaves the index alone:
`Assistant.refresh` brings it up to the corpus afterwards.
"""
