"""The questions and the hostile essay of the browser tests."""

MAIN_QUESTION = "Why did Stalin sign the Nazi-Soviet Pact?"
BREAD = "How do I bake sourdough bread?"
HOSTILE_QUESTION = (
    '<img src="http://192.0.2.1/q.png" onerror=alert(1)> **bees** $$x$$ [a](javascript:alert(2)) '
    "${alert(3)} {{value}} <b>honey</b> \u202e AND OR NEAR( \"dance* 'x' -- ; DROP"
)

HOSTILE = (
    """---
title: "<img src=x onerror=alert(1)> & **title** \u202egnorw"
author: "</article><script>alert(2)</script>"
notes:
  - quote: "<b>bold</b>"
    note: "A <i>note</i> with ${alert(3)} and {{value}}."
---

# <script>alert(4)</script> `heading` \u202e

The bees keep <b>bold</b> honey & "nectar" in 'hives'; *stars*, _lines_, `code`, $5 or $6, """
    """$$x^2$$ [link](javascript:alert(5)), <img src="http://192.0.2.1/x.png" onerror=alert(6)>, """
    """${alert(7)}, {{value}}, {{{value}}}, &lt; &amp;amp; &#60; \\(y\\) \\[z\\] ~~gone~~ """
    """<!-- gone --> # no heading  two  spaces\u00a0and\u202eright to left\u202c. """
    """Why do bees dance? Because the dance shows where the flowers are.

1. A line that looks like a list, </blockquote></article></div><h1>out of the card</h1> of flowers.

A second paragraph of one hive\r\nwith a line break of two characters\rand one of a single one, """
    """about honey in the winter cold \u0085 and \u2028 more.
"""
)
