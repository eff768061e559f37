"""Whether a language says everything that English says, asked of the page's own modules."""

from playwright.sync_api import Page

# Two catalogues -> what the second lacks, has too much, takes differently or has left in English. A sentence may leave
# out what it does not need; a list has as many entries; what is the same in both languages on purpose is named.
COMPARE = """(english, other, same) => {
  const isSection = (word) => typeof word === "object" && word !== null && !Array.isArray(word);
  const words = (catalogue, path = "") => Object.entries(catalogue).flatMap(([key, word]) =>
    isSection(word) ? words(word, `${path}${key}.`) : [[path + key, word]]);
  const alike = (one, there) => typeof one === typeof there && Array.isArray(one) === Array.isArray(there) &&
    (typeof one === "function" ? there.length <= one.length : !Array.isArray(one) || one.length === there.length);
  const [ours, theirs] = [new Map(words(english)), new Map(words(other))];
  const said = [...theirs.keys()].filter((path) => !ours.has(path)).map((path) => `${path}: not in English`);
  for (const [path, word] of ours) {
    const there = theirs.get(path);
    if (there === undefined) said.push(`${path}: missing`);
    else if (!alike(word, there)) said.push(`${path}: takes other things`);
    else if (typeof word === "string" && word && (word === there) !== same.includes(path))
      said.push(`${path}: ${word === there ? "still English" : "not the same any more"}`);
  }
  return said;
}"""

OF_THE_PAGE = f"""async ([tag, same]) => {{
  const [{{ english }}, {{ LANGUAGES }}] = await Promise.all([import("/strings.js"), import("/languages/known.js")]);
  const {{ errors, ...other }} = await LANGUAGES[tag].load();
  return [({COMPARE})(english, other, same), Object.keys(errors)];
}}"""

OF_TWO_MADE_UP = f"""() => ({COMPARE})(
  {{ a: {{ one: "One", of: (n) => `${{n}}` }}, b: "Two", c: ["x", "y"], d: "Parley", f: "Four" }},
  {{ a: {{ one: "One", of: (n, m) => n + m }}, c: ["x"], d: "Parley", e: "?", f: "Vier" }},
  ["d", "f"],
)"""


def objections(page: Page, tag: str, same: list[str]) -> tuple[list[str], list[str]]:
    """What is wrong with a language, and the codes of refusals it has a sentence for."""
    said, codes = page.evaluate(OF_THE_PAGE, [tag, same])
    return said, codes
