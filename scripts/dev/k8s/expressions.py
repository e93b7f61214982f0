"""Which metrics an expression of PromQL asks for."""

import re

# What stands for no metric, from the outside in: words in quotes, labels, ranges of time, and what is grouped or joined by.
_STRING = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'')
_LABELS = re.compile(r"\{[^{}]*\}")
_RANGE = re.compile(r"\[[^\]]*\]")
_GROUPING = re.compile(r"\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^()]*\)")
_NAME = re.compile(r"(?<![\w:.])[a-zA-Z_:][\w:]*(?!\s*\(|[\w:])")
_WORDS = {"and", "or", "unless", "bool", "offset", "group_left", "group_right", "by", "without", "inf", "nan"}
# A histogram is one metric with three series.
_OF_HISTOGRAM = re.compile(r"_(bucket|sum|count)$")


def metrics(expression):
    """The names of the series in it."""
    for gone in (_STRING, _LABELS, _RANGE, _GROUPING):
        expression = gone.sub(" ", expression)
    return {name for name in _NAME.findall(expression) if name.lower() not in _WORDS}


def exported_as(name):
    """What a series can be called where the metrics are listed."""
    return {name, _OF_HISTOGRAM.sub("", name)}


_SELECTOR = re.compile(r"([a-zA-Z_:][\w:]*)\{([^{}]*)\}")
_MATCHER = re.compile(r'(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"')
_PLAIN = re.compile(r"[\w|-]+")


def matchers(expression):
    """Each metric with each of its labels, and the values that are asked for; none where they are a pattern."""
    for name, labels in _SELECTOR.findall(expression):
        for label, sign, text in _MATCHER.findall(labels):
            exact = not sign.endswith("~")
            values = [text] if exact else text.split("|") if _PLAIN.fullmatch(text) else []
            yield name, label, tuple(values)
