"""Works for the tests of references: each with the rules that its references were written by.

The references were written down from the styles' published rules, not from the program. A rule is
named by its section, or by its chapter alone. A work is an essay as its front matter would describe
it; `*…*` is italic.
"""

from dataclasses import dataclass

from pactqa.essays.files import Essay

__all__ = ["WORKS", "Work", "show"]


@dataclass(frozen=True)
class Work:
    name: str
    essay: Essay
    mla: str
    mla_rule: str
    chicago: str
    chicago_rule: str
    apa: str
    apa_rule: str
    in_text: tuple[str, str, str]  # MLA, Chicago, APA, of paragraph 2


def show(rich):
    """Writes italics as `*…*` and everything else as it is."""
    return "".join(f"*{run.text}*" if run.italic else run.text for run in rich.runs)


def essay(title, text="x", **front):
    return Essay(id=title, title=title, text=text, **front)


STALIN = (
    "His motivations were complex. He signed the Non-Aggression Pact with Hitler; this pact was "
    "a strategic one, and Stalin’s own."
)

WORKS = [
    Work(
        "without author, date, site",
        essay(
            "Stalin’s Motivations in Signing the Non-Aggression Pact with Hitler: "
            "A Strategic Analysis",
            STALIN,
        ),
        "“Stalin’s Motivations in Signing the Non-Aggression Pact with Hitler: "
        "A Strategic Analysis.”",
        "MLA 9, ch. 5 (no author: begin with the title), 5.68 (no date: leave it out)",
        "“Stalin’s Motivations in Signing the Non-Aggression Pact with Hitler: "
        "A Strategic Analysis.” n.d.",
        "CMOS 17, 14.79 (unknown author: the title), 14.145 (n.d.)",
        "*Stalin’s motivations in signing the Non-Aggression Pact with Hitler: "
        "A strategic analysis*. (n.d.).",
        "APA 7, 9.12 (no author), 9.17 (n.d.), 9.19 (italic, sentence case)",
        (
            "(“Stalin’s Motivations,” par. 2)",
            "“Stalin’s Motivations,” para. 2.",
            "(*Stalin’s Motivations*, n.d., para. 2)",
        ),
    ),
    Work(
        "without author and date, title ending in a question mark, with a day of access",
        essay(
            "Why did Stalin sign the Nazi-Soviet Pact?",
            site="History Site",
            url="https://example.org/pact",
            accessed="2024-05-03",
        ),
        "“Why Did Stalin Sign the Nazi-Soviet Pact?” *History Site*, https://example.org/pact. "
        "Accessed 3 May 2024.",
        "MLA 9, 5.111 (a day of access where there is no date), ch. 5 (no stop after ?)",
        "“Why Did Stalin Sign the Nazi-Soviet Pact?” History Site. Accessed May 3, 2024. "
        "https://example.org/pact.",
        "CMOS 17, 14.12 and 14.207 (a day of access where there is no date), 6.125",
        "*Why did Stalin sign the Nazi-Soviet Pact?* (n.d.). History Site. "
        "https://example.org/pact",
        "APA 7, 9.12, 9.16 (no day of access for what does not change), 9.35 (no stop after a URL)",
        (
            "(“Why Did Stalin Sign,” par. 2)",
            "“Why Did Stalin Sign,” para. 2.",
            "(*Why Did Stalin Sign*, n.d., para. 2)",
        ),
    ),
    Work(
        "one author, a comma name",
        essay(
            "The Road to War",
            "A road to a war.",
            author="Smith, Anna",
            year=2001,
            site="History Site",
            url="https://example.org/road",
            accessed="2024-05-03",
        ),
        "Smith, Anna. “The Road to War.” *History Site*, 2001, https://example.org/road.",
        "MLA 9, 5.6 (one author)",
        "Smith, Anna. “The Road to War.” History Site, 2001. https://example.org/road.",
        "CMOS 17, 14.75 (one author), 14.206 (a web site in roman)",
        "Smith, A. (2001). *The road to war*. History Site. https://example.org/road",
        "APA 7, 9.8 (initials), 10.16 (a page of a web site)",
        ("(Smith, par. 2)", "Smith, “Road to War,” para. 2.", "(Smith, 2001, para. 2)"),
    ),
    Work(
        "two authors, without a site",
        essay("The road to war", author="Smith, Anna; Jones, Tom B.", year=2001),
        "Smith, Anna, and Tom B. Jones. “The Road to War.” 2001.",
        "MLA 9, 5.7 (two authors)",
        "Smith, Anna, and Tom B. Jones. “The Road to War.” 2001.",
        "CMOS 17, 14.76 (two or more authors)",
        "Smith, A., & Jones, T. B. (2001). *The road to war*.",
        "APA 7, 9.8 (the ampersand)",
        (
            "(Smith and Jones, par. 2)",
            "Smith and Jones, “Road to War,” para. 2.",
            "(Smith & Jones, 2001, para. 2)",
        ),
    ),
    Work(
        "three authors",
        essay(
            "The road to war",
            author="Smith, Anna; Jones, Tom B.; Lee, Kim",
            year=2001,
            site="History Site",
        ),
        "Smith, Anna, et al. “The Road to War.” *History Site*, 2001.",
        "MLA 9, 5.8 (three or more authors)",
        "Smith, Anna, Tom B. Jones, and Kim Lee. “The Road to War.” History Site, 2001.",
        "CMOS 17, 14.76 (up to ten in a bibliography)",
        "Smith, A., Jones, T. B., & Lee, K. (2001). *The road to war*. History Site.",
        "APA 7, 9.8 (up to twenty), 8.17 (et al. in the text)",
        (
            "(Smith et al., par. 2)",
            "Smith, Jones, and Lee, “Road to War,” para. 2.",
            "(Smith et al., 2001, para. 2)",
        ),
    ),
    Work(
        "an organisation that is its own site",
        essay(
            "The road to war",
            author="The Imperial War Museum",
            year=2001,
            site="The Imperial War Museum",
        ),
        "Imperial War Museum. “The Road to War.” *The Imperial War Museum*, 2001.",
        "MLA 9, 5.17 (organisation; its article left out)",
        "The Imperial War Museum. “The Road to War.” The Imperial War Museum, 2001.",
        "CMOS 17, 14.84 (organisation as author)",
        "The Imperial War Museum. (2001). *The road to war*.",
        "APA 7, 9.11 (group author), 9.33 (site left out where it is the author)",
        (
            "(Imperial War Museum, par. 2)",
            "The Imperial War Museum, “Road to War,” para. 2.",
            "(The Imperial War Museum, 2001, para. 2)",
        ),
    ),
    Work(
        "an organisation with a comma in its name",
        essay(
            "The road to war",
            author="Ministry of Justice, Poland",
            organisation=True,
            year=2001,
            site="Sites",
        ),
        "Ministry of Justice, Poland. “The Road to War.” *Sites*, 2001.",
        "MLA 9, 5.17",
        "Ministry of Justice, Poland. “The Road to War.” Sites, 2001.",
        "CMOS 17, 14.84",
        "Ministry of Justice, Poland. (2001). *The road to war*. Sites.",
        "APA 7, 9.11",
        (
            "(Ministry of Justice, Poland, par. 2)",
            "Ministry of Justice, Poland, “Road to War,” para. 2.",
            "(Ministry of Justice, Poland, 2001, para. 2)",
        ),
    ),
    Work(
        "an article with a page range",
        essay(
            "The road to war",
            author="Smith, Anna",
            year=2001,
            site="History Review",
            pages="112-119",
        ),
        "Smith, Anna. “The Road to War.” *History Review*, 2001, pp. 112–19.",
        "MLA 9, 5.84 (pp.), ch. 2 (ranges: the last two figures)",
        "Smith, Anna. “The Road to War.” *History Review*, 2001, 112–19.",
        "CMOS 17, 14.168 (a journal in italics), 9.61 (page ranges)",
        "Smith, A. (2001). The road to war. *History Review*, 112–119.",
        "APA 7, 9.19 (a part of a greater whole in roman), 9.25 (pages)",
        ("(Smith, par. 2)", "Smith, “Road to War,” para. 2.", "(Smith, 2001, para. 2)"),
    ),
    Work(
        "an article without author or date, on one page",
        essay("The road to war", site="History Review", pages="12"),
        "“The Road to War.” *History Review*, p. 12.",
        "MLA 9, ch. 5 (no author), 5.84 (p.)",
        "“The Road to War.” *History Review*, n.d., 12.",
        "CMOS 17, 14.79, 14.145",
        "The road to war. (n.d.). *History Review*, 12.",
        "APA 7, 9.12, 8.14 (in the text, a title in roman has quotation marks)",
        ("(“Road to War” 12)", "“Road to War,” 12.", "(“Road to War,” n.d., p. 12)"),
    ),
    Work(
        "a title that ends with a quotation, a particle where the front matter has it",
        essay("Munich and “Peace for our time”", author="van Gogh, Vincent", year=2001),
        "van Gogh, Vincent. “Munich and ‘Peace for Our Time.’” 2001.",
        "MLA 9, ch. 2 (single marks within, stop inside)",
        "van Gogh, Vincent. “Munich and ‘Peace for Our Time.’” 2001.",
        "CMOS 17, 14.94 (quotations in titles), 6.9 (stop inside)",
        "van Gogh, V. (2001). *Munich and “Peace for our time”*.",
        "APA 7, 6.22 (an italic title keeps its quotation marks)",
        (
            "(van Gogh, par. 2)",
            "van Gogh, “Munich and ‘Peace for Our Time,’” para. 2.",
            "(van Gogh, 2001, para. 2)",
        ),
    ),
    Work(
        "a particle after the given name",
        essay("The “special” relationship", author="Beauvoir, Simone de", year=2001, site="Sites"),
        "Beauvoir, Simone de. “The ‘Special’ Relationship.” *Sites*, 2001.",
        "MLA 9, ch. 2 (French particles)",
        "Beauvoir, Simone de. “The ‘Special’ Relationship.” Sites, 2001.",
        "CMOS 17, 8.7 (French particles)",
        "Beauvoir, S. de. (2001). *The “special” relationship*. Sites.",
        "APA 7, 9.8 (as the author writes it)",
        (
            "(Beauvoir, par. 2)",
            "Beauvoir, “‘Special’ Relationship,” para. 2.",
            "(Beauvoir, 2001, para. 2)",
        ),
    ),
    Work(
        "a suffix, first and second author",
        essay(
            "I have a dream",
            author="King, Martin Luther, Jr.; Carr, E. H.",
            year=1963,
            site="Sites",
        ),
        "King, Martin Luther, Jr., and E. H. Carr. “I Have a Dream.” *Sites*, 1963.",
        "MLA 9, ch. 2 (suffixes), 5.7",
        "King, Martin Luther, Jr., and E. H. Carr. “I Have a Dream.” Sites, 1963.",
        "CMOS 17, 14.76, 6.43 (Jr.)",
        "King, M. L., Jr., & Carr, E. H. (1963). *I have a dream*. Sites.",
        "APA 7, 9.8 (suffixes)",
        (
            "(King and Carr, par. 2)",
            "King and Carr, “I Have a Dream,” para. 2.",
            "(King & Carr, 1963, para. 2)",
        ),
    ),
    Work(
        "a German title and name",
        essay("Der Weg zum Krieg", author="Müller, Jörg", year=1999, site="Zeit", language="de"),
        "Müller, Jörg. “Der Weg zum Krieg.” *Zeit*, 1999.",
        "MLA 9, ch. 2 (capitals of the language)",
        "Müller, Jörg. “Der Weg zum Krieg.” Zeit, 1999.",
        "CMOS 17, 11.6 (capitals of the language)",
        "Müller, J. (1999). *Der Weg zum Krieg*. Zeit.",
        "APA 7, 9.38 (the title as it is; a translation the copy does not give)",
        (
            "(Müller, par. 2)",
            "Müller, “Der Weg zum Krieg,” para. 2.",
            "(Müller, 1999, para. 2)",
        ),
    ),
    Work(
        "a Russian title with a question mark, without date and site",
        essay("Что делать?", author="Ленин, В. И."),
        "Ленин, В. И. “Что делать?”",
        "MLA 9, 5.68, ch. 5 (no stop after ?)",
        "Ленин, В. И. “Что делать?” n.d.",
        "CMOS 17, 14.145",
        "Ленин, В. И. (n.d.). *Что делать?*",
        "APA 7, 9.17",
        ("(Ленин, par. 2)", "Ленин, “Что делать?,” para. 2.", "(Ленин, n.d., para. 2)"),
    ),
]
