"""The explanations behind the words that `pages.language.glossary.explain` marks.

Their texts are fetched once by address and not sent with every page: `words.js` is linked in the
shell, and finds the marked words wherever they stand.
"""
