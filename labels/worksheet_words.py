"""What a printed worksheet says, section by section: every figure as text, every word from the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from labels.worksheet_bag import BagFigure, Layer
from pharmacy_app.domain.beyond_use import StorageLimit
from pharmacy_app.domain.clock import date_text, offset_text, time_text
from pharmacy_app.domain.finding import Finding, Mark
from pharmacy_app.domain.label_phrases import keep_together, short_digest
from pharmacy_app.domain.protocol import Figure, Ingredient, IngredientKind
from pharmacy_app.domain.quantity import plain
from pharmacy_app.domain.rounding import two_decimals
from pharmacy_app.workflow.ports import Phrases
from pharmacy_app.workflow.worksheet import MixingStep, Worksheet


@dataclass(frozen=True, slots=True)
class Fact:
    """A caption, what it is about in large type, and a line below it."""

    caption: str
    value: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `measured`: a volume is read and written down for it. `strong`: it stands out."""

    text: str
    measured: bool
    strong: bool


class WorksheetWords:
    """The words of one worksheet."""

    def __init__(self, worksheet: Worksheet, words: Phrases) -> None:
        self._sheet = worksheet
        self._words = words

    def say(self, code: str, **values: str) -> str:
        """A sentence of the printed worksheet, numbers and units held together."""
        return keep_together(self._words(f"worksheet.{code}", **values))

    def marks(self) -> tuple[str, str]:
        """Left and right of the band: the training mark, and that this is no label."""
        commissioned = self._sheet.plan.protocol.commissioned
        return "" if commissioned else self._words("label.training"), self.say("not-a-label")

    def name(self) -> str:
        """The patient's name."""
        return self._sheet.plan.order.patient.display_name

    def bag(self) -> str:
        """Which bag of how many."""
        plan = self._sheet.plan
        return self.say("bag", number=str(self._sheet.bag.number), last=str(len(plan.bags)))

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Captions and values that tell whose bag it is."""
        order, bag = self._sheet.plan.order, self._sheet.bag
        days = {"first": str(bag.first_day), "last": str(bag.last_day), "cycle": str(order.cycle)}
        return (
            (self.say("record-number"), order.patient.record_number),
            (self.say("born"), date_text(order.patient.date_of_birth)),
            (self.say("order"), order.order_number),
            (self.say("prescriber"), order.prescriber),
            (self.say("destination"), order.destination),
            ("", self.say("cycle-day" if bag.first_day == bag.last_day else "cycle-days", **days)),
        )

    def figures(self) -> tuple[Fact, ...]:
        """The drug volume first, then dose, rate, volume to infuse and what is discarded."""
        bag = self._sheet.bag
        vials = "one-vial" if bag.recipe.vials == 1 else "vials"
        return (
            Fact(self.say("draw-up"), bag.recipe.drug.text, self.say(vials, vials=str(bag.recipe.vials))),
            Fact(
                self.say("dose"),
                bag.dose.text,
                self.say("ordered", amount=bag.ordered.text, elapsed=bag.elapsed.text),
            ),
            Fact(self.say("rate"), bag.rate.text, self.say("one-rate")),
            Fact(self.say("infuse"), bag.volume_to_infuse.text, self.say("over", elapsed=bag.elapsed.text)),
            Fact(self.say("discard"), bag.overfill.text, self._at_the_end("overfill")),
        )

    def drawing(self) -> BagFigure:
        """The bag's layers in the order in which they go in, and its two parts."""
        bag = self._sheet.bag
        layers = tuple(
            Layer(float(each.volume.value), each.volume.text, self._ingredient(each.kind), _stands_out(each))
            for each in self._sheet.ingredients
        )
        return BagFigure(
            layers=layers,
            overfill=float(bag.overfill.value),
            infuse=(bag.volume_to_infuse.text, self.say("bracket-infuse")),
            discard=(bag.overfill.text, self._at_the_end("bracket-discard")),
        )

    def _at_the_end(self, code: str) -> str:
        """The sentence for the end of the cycle where this bag is the last, else for a change."""
        return self.say(f"{code}-last" if self._sheet.is_last else code)

    def total(self) -> str:
        """What is in the bag when it is made."""
        return self.say("total", total=self._sheet.bag.bag_volume.text)

    def steps(self) -> tuple[Step, ...]:
        """What is done, in its order; bacteriostatic saline stands out."""
        return tuple(self._step(each) for each in self._sheet.steps)

    def _step(self, step: MixingStep) -> Step:
        recipe, water = self._sheet.bag.recipe, self._sheet.plan.protocol.figure("vial.water").value
        values = {"vials": str(recipe.vials), "water": water, "total": recipe.bag_volume.text}
        if step.ingredient is None:
            return Step(self.say(f"step.{step.code}", **values), measured=False, strong=False)
        values |= {"volume": step.ingredient.volume.text, "name": self._ingredient(step.ingredient.kind)}
        text = self.say(f"step.{step.code}", **values)
        return Step(text, measured=True, strong=_stands_out(step.ingredient))

    def _ingredient(self, kind: IngredientKind) -> str:
        return keep_together(self._words(f"ingredient.{kind.value}"))

    def table_way(self) -> tuple[tuple[str, str], ...]:
        """The first way: the protocol's row, each figure with its own mark."""
        recipe, protocol = self._sheet.bag.recipe, self._sheet.plan.protocol
        hours, row = str(recipe.duration_h), f"bag.{recipe.duration_h}h"
        drug = self._mark_of(protocol.ingredient_figure(recipe, IngredientKind.DRUG))
        rate = self._mark_of(protocol.figure(f"{row}.rate"))
        return (
            (self.say("table-drug", hours=hours, dose=recipe.dose.text, mark=drug), recipe.drug.text),
            *(
                (
                    self.say(
                        "table-other",
                        name=self._ingredient(each.kind),
                        mark=self._mark_of(protocol.ingredient_figure(recipe, each.kind)),
                    ),
                    each.volume.text,
                )
                for each in recipe.ingredients
                if each.kind is not IngredientKind.DRUG
            ),
            (self.say("table-rate", mark=rate), recipe.rate.text),
            (self.say("table-result"), recipe.dose.text),
        )

    def principles_way(self) -> tuple[tuple[str, str], ...]:
        """The second way: first principles with the working."""
        return tuple((line.left, line.right) for line in self._sheet.working)

    def exact_drug(self) -> str:
        """What first principles alone would draw up; nobody draws it up."""
        exact = plain(two_decimals(self._sheet.dose_check.first_principles_drug.value))
        return self.say("exact-drug", dose=self._sheet.bag.dose.text, volume=f"{exact} mL")

    def verdict(self) -> str:
        """Whether the two ways agree, by how much, and what is allowed."""
        check = self._sheet.dose_check
        values = {
            "deviation": str(two_decimals(check.deviation_percent)).replace("-", "–"),
            "limit": plain(check.limit_percent),
        }
        return self.say("agree" if check.agrees else "differ", **values)

    def fill(self) -> tuple[str, str, str]:
        """The question how the saline is reached, and its two answers to tick."""
        saline = self._sheet.ingredients[0].volume.text
        return self.say("fill", volume=saline), self.say("fill-pumped"), self.say("fill-known")

    def line(self) -> tuple[str, ...]:
        """Filter, materials, and what holds at this change."""
        bag = self._sheet.bag
        pores = self._sheet.plan.protocol.one_of("filter.pore_sizes")
        texts = [self.say(f"filter.{bag.recipe.filter.value}", pores=pores), self.say("materials")]
        if bag.line_change:
            texts.append(self.say("new-set"))
        if self._sheet.straight_from_refrigerator:
            texts.append(self.say("straight-from-refrigerator"))
        return tuple(texts)

    def times(self) -> tuple[tuple[str, str], ...]:
        """Planned times with their offset, also by the pharmacy's clock where it differs."""
        bag, there = self._sheet.bag, self._sheet.pharmacy_times
        end = "ends" if self._sheet.is_last else "change"
        moments = [("hang", bag.start_at), (end, bag.change_at)]
        if there:
            moments += zip(("hang-here", f"{end}-here"), there, strict=True)
        return tuple(
            (self.say(code), f"{time_text(moment)} {offset_text(moment)}") for code, moment in moments
        )

    def storage(self) -> str:
        """How the finished bag is kept."""
        protocol = self._sheet.plan.protocol
        low, high = (protocol.figure(f"storage.{name}").value for name in ("minimum", "maximum"))
        return self.say("storage", low=low, high=high, limit=self._sheet.room_limit.text)

    def limits(self) -> tuple[tuple[str, str], ...]:
        """The limits on the time before hanging; a training pharmacy's own are examples."""
        return tuple((self._limit(each), keep_together(each.limit.text)) for each in self._sheet.limits)

    def _limit(self, limit: StorageLimit) -> str:
        words = self._words(limit.code)
        if limit.source is Mark.SITE and self._sheet.example_limits:
            return self.say("training-example", limit=words)
        return words

    def findings(self) -> tuple[tuple[str, str, str], ...]:
        """Severity, sentence, and rule with source of each finding, in their order."""
        return tuple(
            (self._words(f"severity.{each.severity.value}"), self._sentence(each), self._rule(each))
            for each in self._sheet.findings
        )

    def _sentence(self, finding: Finding) -> str:
        return keep_together(self._words(finding.code, **dict(finding.values)))

    def _rule(self, finding: Finding) -> str:
        return self.say("rule", requirement=finding.requirement, source=self._mark(finding.source.value))

    def _mark_of(self, figure: Figure) -> str:
        return self._mark(figure.mark.value)

    def _mark(self, mark: str) -> str:
        return self._words(f"worksheet.mark.{mark}")

    def footer(self, *, page: int, more: bool) -> str:
        """Protocol with its digest, zone rules, page, and whether another page follows."""
        plan = self._sheet.plan
        return self.say(
            "footer",
            drug=plan.protocol.drug,
            country=plan.protocol.country,
            monograph=date_text(plan.protocol.monograph),
            revision=str(plan.protocol.revision),
            digest=short_digest(plan.protocol.digest),
            zones=plan.zone_data,
            page=str(page),
            follows=self.say("more-follows" if more else "last-page"),
        )


def _stands_out(ingredient: Ingredient) -> bool:
    """The two salines are never taken for each other."""
    return ingredient.kind is IngredientKind.SALINE_BACTERIOSTATIC
