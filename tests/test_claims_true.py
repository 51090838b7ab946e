"""Twelve true claims in other words than the essays', and six that the essays say nothing of.

The twelve were written to see which true claims are only `nearby`, the six beside them.
"""

import pytest

pytestmark = [pytest.mark.model, pytest.mark.benchmark]

TRUE = """
Stalin wanted more time before a war with Germany.
The pact let the Soviet Union take land in Eastern Europe.
Britain and France were not trusted by Stalin.
The purges had hurt the Red Army.
Hitler did not want a war on two fronts.
The Munich agreement made Stalin think that the West would not stop Hitler.
The pact was signed in Moscow in August 1939.
Poland was divided between Germany and the Soviet Union.
Stalin was surprised by how fast France was defeated.
Stalin put the interests of his country above his ideology.
In the end the pact did not save the Soviet Union from a German attack.
Stalin hoped that Germany and the West would weaken each other in a long war.
""".strip().split("\n")
UNSAID = """
Stalin signed because Germany promised him oil and machines.
Japan forced Stalin to make peace with Germany.
Litvinov wrote the text of the pact.
The pact was kept for ten years.
Stalin was ill in the summer of 1939.
The Red Army was the strongest army of the world in 1939.
""".strip().split("\n")


def test_a_true_claim_is_found_in_whatever_words(real_assistant):
    nearby = [claim for claim in TRUE if real_assistant.check(claim).status != "found"]
    assert len(nearby) <= 1, nearby


def test_what_the_essays_do_not_say_is_hardly_ever_found(real_assistant):
    found = [claim for claim in UNSAID if real_assistant.check(claim).status == "found"]
    assert len(found) <= 1, found
