"""A worker that does jobs as they come and ends when there are none left: to see what more of them bring.

    python -m bench.worker      waits for a line on its input, then works; prints its largest memory in MB
"""

import resource
import sys
import time

import django


def main():
    django.setup()

    from wijkaanpak.celery import app  # noqa: PLC0415 models exist only after django.setup()
    from wijkaanpak.journal import jobs  # noqa: PLC0415
    from wijkaanpak.journal.models import Job  # noqa: PLC0415

    app.loader.import_default_modules()
    import dashboards.snapshots  # noqa: F401, PLC0415 what a worker that did a computation before has loaded

    Job.objects.exists()
    print("ready", flush=True)
    sys.stdin.readline()
    while Job.objects.active().exists():
        for pk in Job.objects.filter(state="queued").order_by("pk").values_list("pk", flat=True)[:1]:
            jobs.run(pk)
        else:
            time.sleep(0.005)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, flush=True)


if __name__ == "__main__":
    main()
