"""What people do in more than one story."""


def give_answer(page, end_state, reason, *, by):
    """Fill in the public answer on the page of an input."""
    form = page.locator("form[action$='/beantwoorden/']").first
    choice = form.locator("[name=end_state]")
    if choice.first.evaluate("element => element.tagName") == "SELECT":
        choice.select_option(end_state)
    else:
        form.locator(f"[name=end_state][value={end_state}]").check()
    form.locator("[name=reason]").fill(reason)
    form.locator("[name=organisation]").select_option(label=by)
    form.get_by_role("button").click()
