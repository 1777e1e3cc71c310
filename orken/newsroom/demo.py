"""News of the demo country: three that are out, true to its runs, one that waits to be looked at, one draft."""

from __future__ import annotations

from datetime import timedelta

from orken.kit.audit.models import AuditEvent
from orken.kit.demo import Stage
from orken.kit.search import services as search
from orken.network.models import Unit
from orken.newsroom import services
from orken.newsroom.models import News
from orken.newsroom.runs import HELD
from orken.people.models import Account
from orken.training.models import Run


def build(stage: Stage) -> None:
    """From the newest runs of the National Library and of Pavlodar; each by the same verbs as at the desk."""
    writers = {
        row.login: row
        for row in Account.objects.filter(login__in=["national", "pavlodar", "director", "curator"]).select_related(
            "person"
        )
    }
    runs = (
        Run.objects.filter(state__in=HELD, ends_on__lt=stage.recorded_at.date())
        .exclude(title_ru="")
        .exclude(title_en="")
        .select_related("host")
        .order_by("-starts_on", "-pk")
    )
    last = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    centre = Unit.objects.get(code="NL")
    held = [run for run in runs.filter(state=Run.State.CLOSED) if run.host.path.startswith(centre.path)]
    for n, run in enumerate(held[:3]):
        news = services.begin(source=f"run:{run.code}", unit=run.host, by=None)
        News.objects.filter(pk=news.pk).update(synthetic=True)
        services.send(news=news, by=writers["national"])
        services.approve(news=news, by=writers["director"])
        out = stage.recorded_at - timedelta(days=3 + 11 * n)
        News.objects.filter(pk=news.pk).update(published_at=out, created_at=out)
        news.versions.update(written_at=out, shown_at=out)
        AuditEvent.objects.filter(pk__gt=last, target_kind__startswith="newsroom.", target_id=str(news.pk)).update(
            at=out
        )
    regional = runs.filter(host__path__startswith=Unit.objects.get(code="KZ-55").path).first()
    if regional is not None:
        news = services.begin(source=f"run:{regional.code}", unit=regional.host, by=writers["pavlodar"])
        News.objects.filter(pk=news.pk).update(synthetic=True, created_at=stage.recorded_at)
        news.versions.update(written_at=stage.recorded_at)
        AuditEvent.objects.filter(pk__gt=last, target_kind__startswith="newsroom.", target_id=str(news.pk)).update(
            at=stage.recorded_at
        )
    search.index("news", list(News.objects.values_list("pk", flat=True)))
