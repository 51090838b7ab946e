"""Essays: a file of a supported format comes in; an Essay, its passages and sentences go out.

Every passage and sentence is an exact slice of the essay's text.
"""
