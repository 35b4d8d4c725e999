"""What the blocks show of themselves in the block picker. Examples are content, so they are in bokmål."""

from __future__ import annotations

from typing import Any

QUIZ: dict[str, Any] = {
    "title": "Sjekk deg selv",
    "questions": [
        {
            "type": "choices",
            "value": {
                "stem": "Hvem kaller inn til styremøte?",
                "choices": [
                    {"text": "Lederen", "right": True, "feedback": ""},
                    {"text": "Den som har tid", "right": False, "feedback": ""},
                    {"text": "Årsmøtet", "right": False, "feedback": ""},
                ],
                "feedback": "",
            },
        }
    ],
}
REFLECTION = {
    "prompt": "Hva vil du at laget ditt skal ha fått til om et år?",
    "hint": "Tenk på én ting folk i kommunen ville merket.",
}
CHECKLIST = {"title": "Før det første møtet", "items": ["Les vedtektene", "Ring lederen", "Finn årsplanen"]}
