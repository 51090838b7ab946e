"""Essays: a file of a supported format comes in; an Essay, its passages and sentences go out.

`files` reads a file and its `front_matter`; `splitting` finds the passages between the `headings`,
and their sentences, every one an exact slice of the essay's text; `encoded` says what the encoder
is given of a passage.
"""
