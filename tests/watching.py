"""What a browser test notices by itself: faults a person would only see in the developer tools."""

from axe_playwright_python.sync_playwright import Axe

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
FORGIVEN = "net::ERR_ABORTED"  # the page was left before the file had come
OWN_SCHEMES = ("data:", "blob:", "about:")


def watch(page, *, origin, faults):
    """Collect in `faults` what goes wrong on a page and which foreign servers it asks."""
    page.on("console", lambda message: faults.extend(console_fault(message)))
    page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
    page.on("requestfailed", lambda request: faults.extend(failed_request(request)))
    page.on("request", lambda request: faults.extend(foreign_request(request, origin)))
    page.on("response", lambda response: faults.extend(bad_response(response)))


def console_fault(message):
    """A missing file is reported by its response; a form sent back with errors (422) is no fault."""
    if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
        yield f"console {message.type}: {message.text}"


def failed_request(request):
    if request.failure != FORGIVEN:
        yield f"failed request: {request.url} ({request.failure})"


def foreign_request(request, origin):
    if not request.url.startswith((origin, *OWN_SCHEMES)):
        yield f"foreign request: {request.url}"


def bad_response(response):
    limit = 500 if response.request.resource_type == "document" else 400
    if response.status >= limit:
        yield f"answer {response.status}: {response.url}"


def accessibility_faults(page):
    """Return what axe finds against WCAG 2.2 AA, one line per element."""
    options = {"runOnly": {"type": "tag", "values": WCAG}, "preload": False}  # axe looks for imported sheets beside the page, not beside their sheet
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]} ({node['failureSummary']})" for rule in found for node in rule["nodes"]]
