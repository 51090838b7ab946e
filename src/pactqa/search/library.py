"""What the search needs of one generation of the index in memory: vectors, titles, words."""

from dataclasses import dataclass, field

from pactqa.essays.files import Essay
from pactqa.index.protocol import Generation, Index, VectorSearch
from pactqa.search.english import read_english
from pactqa.search.names import same_names
from pactqa.search.other_names import find_other_names
from pactqa.search.outline import Title, describe_title
from pactqa.search.query import find_subject_words
from pactqa.search.recent import RecentPassages
from pactqa.search.spelling import Speller
from pactqa.search.vocabulary import Vocabulary, read_vocabulary

__all__ = ["Library", "open_library"]


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """One generation of the index as the search sees it; replaced as a whole, never changed.

    Attributes:
        index: the vectors.
        essays: the essays, in the order of the corpus.
        titles: the essays' titles, by the essays' ids.
        vocabulary: the essays' words.
        speller: mends questions with these words.
        recent: the passages that were needed last.
    """

    index: VectorSearch
    essays: tuple[Essay, ...]
    titles: dict[str, Title]
    vocabulary: Vocabulary
    speller: Speller
    recent: RecentPassages = field(default_factory=RecentPassages)

    @property
    def ids(self) -> list[str]:
        """The ids of the essays, in the order of the corpus."""
        return [essay.id for essay in self.essays]


def open_library(index: Index, snapshot: Generation) -> Library:
    """Opens the generation of a snapshot, which is checked first."""
    snapshot.check()
    essays = tuple(snapshot.essays())
    titles = snapshot.titles()
    vocabulary = read_vocabulary(text for e in essays for text in (f"# {e.title}", e.text))
    return Library(
        index=index.open_vectors(snapshot),
        essays=essays,
        titles={
            essay.id: describe_title(essay, titles[essay.id], same_names, _find_aliases(essay))
            for essay in essays
        },
        vocabulary=vocabulary,
        speller=Speller(vocabulary, read_english()),
    )


def _find_aliases(essay: Essay) -> list[str]:
    """Gives the other names that an essay gives of what its title names."""
    title = set(find_subject_words(essay.title))
    return [
        other
        for name, other in find_other_names([essay.text])
        if set(find_subject_words(name)) & title
    ]
