"""
Models of the library `llm`, asked.

In: the name of a model, as `llm models` lists it. Out: a function that puts a question to it. The only module that
knows the library, which is an extra of this package: it is imported when a model is asked for, and where it is
missing the words say so.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ingest.errors import ModelError, NoModelError

if TYPE_CHECKING:
    from ingest.model import Ask


def model_called(name: str) -> Ask:
    """The model `name`, ready to be asked. Raises NoModelError where there is none to ask."""
    try:
        import llm
    except ImportError as missing:
        raise NoModelError("--llm needs the library llm: pip install 'gigawatch[llm]'") from missing
    try:
        model = llm.get_model(name)
    except llm.UnknownModelError as unknown:
        raise NoModelError(f"no model is called {name!r}; `llm models` lists those installed") from unknown

    def ask(instructions: str, question: str, schema: dict[str, object]) -> str:
        try:
            if model.supports_schema:
                return str(model.prompt(question, system=instructions, schema=schema, stream=False).text())
            wanted = f"{instructions}\nThe schema:\n{json.dumps(schema)}"
            return str(model.prompt(question, system=wanted, stream=False).text())
        except llm.NeedsKeyException as locked:
            raise NoModelError(f"the model {name!r} needs a key: {locked}") from locked
        except Exception as error:  # each plugin raises its own, for a network, a quota or a model's whim
            raise ModelError(f"the model {name!r} failed: {type(error).__name__}: {error}") from error

    return ask
