"""Who gets in where. A page that is not in this table fails the test; so does a role too many or too few."""

from tests.access.world import STRANGERS

COORDINATOR = frozenset({"coordinator"})
STEERING = COORDINATOR | {"administrator"}
MEMBERS = frozenset({"coordinator", "signatory", "reader", "community_worker", "analyst", "representative", "colleague", "administrator"})
EVERYBODY = MEMBERS | set(STRANGERS)
ADMINISTRATOR = frozenset({"administrator"})
OWN_ORGANISATION = frozenset({"representative"})
OWNER_AND_COORDINATOR = COORDINATOR | OWN_ORGANISATION
INBOX = COORDINATOR | {"community_worker"}
REPORTERS = COORDINATOR | {"signatory", "analyst"}
ANALYSTS = frozenset({"analyst", "administrator", "stranger analyst"})
IMPORTERS = frozenset({"coordinator", "analyst", "administrator", "stranger coordinator", "stranger analyst"})

BY_GROUP = {
    EVERYBODY: [
        "dashboards:start", "dashboards:my_work", "indicators:source_list", "indicators:indicator_list", "indicators:indicator_detail",
        "accounts:profile", "accounts:second_factor", "neighbourhoods:border_list", "neighbourhoods:border_changes", "dashboards:reference_list",
        "dashboards:area_list", "dashboards:calendar", "dashboards:calendar_renew", "dashboards:calendar_withdraw",
    ],
    MEMBERS: [
        "dashboards:cockpit", "dashboards:reader_page", "dashboards:programme_dashboard", "dashboards:programme_figures_csv", "dashboards:report_list",
        "dashboards:two_speeds", "dashboards:network", "ambitions:goal_detail", "dashboards:interpretation_list", "dashboards:ambition_sheet",
        "dashboards:meeting_list", "dashboards:meeting_detail", "dashboards:decision_list", "dashboards:papers_file",
        "dashboards:year_clock", "dashboards:council", "dashboards:council_start", "dashboards:phase_list",
        "dashboards:figure_calculation", "dashboards:figure_calculation_csv",
        "ambitions:ambition_list", "ambitions:ambition_detail", "ambitions:consultation", "ambitions:ambition_compare", "ambitions:commitment_list", "ambitions:commitment_sheet", "ambitions:commitment_detail",
        "ambitions:partner_commitments", "ambitions:partner_record", "ambitions:record_list", "actors:partner_list", "actors:partner_detail", "actors:perspective_matrix", "actors:perspective_versions",
        "actors:perspective_comparison", "actors:tension_list", "actors:tension_detail", "ambitions:coverage", "ambitions:dependency_list", "ambitions:money_table", "ambitions:money_file",
        "actors:agreement_list", "actors:agreement_detail", "actors:agreement_document",
    ],
    COORDINATOR: [
        "dashboards:phases_propose", "dashboards:phase_edit", "dashboards:phase_step_add", "dashboards:step_edit", "dashboards:step_tick",
        "dashboards:step_untick", "dashboards:step_remove", "dashboards:moments_propose", "dashboards:moment_add", "dashboards:moment_edit", "dashboards:moment_take_off",
        "dashboards:contradiction_list", "dashboards:exit_simulation", "dashboards:question_ask", "dashboards:meeting_call", "dashboards:meeting_agenda", "dashboards:meeting_item",
        "dashboards:meeting_close", "dashboards:meeting_decide", "dashboards:meeting_action", "dashboards:item_said", "dashboards:item_drop",
        "dashboards:decision_look_back", "dashboards:papers_make", "dashboards:attention_put_off", "dashboards:attention_take_back",
        "ambitions:ambition_add", "ambitions:ambition_edit", "ambitions:ambition_consult", "ambitions:ambition_adopt", "ambitions:revision_drop",
        "ambitions:consultation_extend", "ambitions:ambition_reopen", "dashboards:review_list", "dashboards:review", "dashboards:review_open", "dashboards:review_close",
        "dashboards:review_decide", "dashboards:period_next", "ambitions:reaction_answer",
        "ambitions:ambition_close", "ambitions:goal_add", "ambitions:goal_edit", "ambitions:goal_delete", "ambitions:commitment_edit",
        "ambitions:commitment_agree", "ambitions:commitment_postpone", "ambitions:commitment_end", "ambitions:commitment_reopen",
        "ambitions:commitment_ask", "ambitions:commitment_spread", "ambitions:links_withdraw", "ambitions:escalation_list", "ambitions:escalation_terms",
        "ambitions:completeness", "ambitions:completeness_remind", "ambitions:completeness_cell", "ambitions:excuse_take_back",
        "ambitions:reconfirmation", "ambitions:reconfirmation_ask", "ambitions:change_settle", "ambitions:register_upload", "ambitions:register_preview", "ambitions:register_confirm", "ambitions:register_discard", "dashboards:report_add", "dashboards:report_discard",
    ],
    STEERING: [
        "dashboards:handover_list", "dashboards:handover_begin", "dashboards:handover_detail", "dashboards:handover_write", "dashboards:handover_ask",
        "dashboards:handover_stop", "dashboards:handover_file",
        "actors:partner_add", "actors:partner_join", "actors:partner_edit", "dashboards:partner_leave", "actors:representative_add",
        "actors:agreement_add", "actors:agreement_edit", "actors:agreement_end", "actors:agreement_resume", "actors:agreement_document_add",
        "actors:agreement_document_remove", "dashboards:merger", "dashboards:split",
        "actors:representative_end", "neighbourhoods:programme_settings", "neighbourhoods:programme_areas", "neighbourhoods:period_add",
        "neighbourhoods:period_edit", "neighbourhoods:period_remove", "neighbourhoods:member_list", "neighbourhoods:member_invite",
        "neighbourhoods:member_end", "neighbourhoods:programme_mails", "neighbourhoods:programme_events",
        "journal:job_detail", "journal:job_progress", "journal:job_cancel",
    ],
    ADMINISTRATOR: [
        "neighbourhoods:administration", "neighbourhoods:programme_add", "neighbourhoods:account_list", "neighbourhoods:account_close",
        "neighbourhoods:account_reopen", "neighbourhoods:make_administrator", "neighbourhoods:take_administration",
        "journal:job_list", "journal:mail_list", "journal:event_list",
    ],
    COORDINATOR | {"community_worker", "analyst"}: ["actors:field_place"],
    OWN_ORGANISATION: ["ambitions:support_give", "ambitions:reaction_give", "actors:perspective_edit", "actors:perspective_release", "actors:perspective_discard", "ambitions:submission_return", "ambitions:submission_withdraw"],
    MEMBERS - {"reader", "administrator"}: ["actors:tension_add", "actors:shared_point_add"],
    OWNER_AND_COORDINATOR: [
        "actors:tension_edit", "actors:tension_agree", "actors:tension_reopen", "actors:tension_review", "actors:shared_point_withdraw",
        "ambitions:approval_rule", "ambitions:commitment_answer", "ambitions:commitment_wait", "ambitions:dependency_remove", "ambitions:commitment_link", "ambitions:measure_edit", "ambitions:measure_remove", "ambitions:commitment_update", "ambitions:milestone_add", "ambitions:milestone_reach", "residents:input_answer", "dashboards:question_detail", "dashboards:action_finish",
        "dashboards:moment_tick", "dashboards:moment_untick",
    ],
    STEERING | OWN_ORGANISATION: ["actors:representative_away"],
    frozenset({"representative", "colleague"}): ["ambitions:commitment_updates"],
    INBOX: ["ambitions:involvement_add", "ambitions:involvement_edit", "residents:input_enter", "residents:input_entered", "residents:input_moderate", "residents:input_route"],
    COORDINATOR | {"analyst"}: ["ambitions:goal_check"],
    INBOX | OWN_ORGANISATION: ["residents:input_link"],
    INBOX | OWN_ORGANISATION | ADMINISTRATOR: ["residents:input_detail"],
    INBOX | OWN_ORGANISATION | ADMINISTRATOR | {"colleague"}: ["residents:inbox"],
    OWNER_AND_COORDINATOR | {"colleague"}: ["ambitions:commitment_add", "ambitions:goal_link", "ambitions:approval_list"],
    OWNER_AND_COORDINATOR | {"colleague", "community_worker", "analyst"}: ["ambitions:lesson_add", "actors:field_detail"],
    OWNER_AND_COORDINATOR | {"analyst", "colleague"}: ["dashboards:interpretation_write"],
    COORDINATOR | ADMINISTRATOR | {"analyst"}: ["dashboards:recompute"],
    REPORTERS | ADMINISTRATOR: ["dashboards:report_detail", "dashboards:report_file"],  # of a draft; a signed one is for all members
    REPORTERS: ["dashboards:report_check"],
    COORDINATOR | {"signatory"}: ["dashboards:report_sign"],
    ANALYSTS: [
        "indicators:lock_list", "indicators:lock_open", "neighbourhoods:border_links", "neighbourhoods:border_refuse",
        "neighbourhoods:border_undo_refusal", "neighbourhoods:border_undo", "dashboards:reference_use",
    ],
    IMPORTERS: [
        "indicators:edition_upload", "indicators:boundary_upload", "indicators:edition_detail", "indicators:edition_progress",
        "indicators:edition_confirm", "indicators:edition_cancel", "indicators:edition_undo", "indicators:edition_columns",
        "indicators:feed_edit", "indicators:feed_card", "indicators:feed_look", "indicators:feed_stop",
    ],
    COORDINATOR | ADMINISTRATOR | {"stranger coordinator"}: ["styleguide"],
}
ALLOWED = {name: roles for roles, names in BY_GROUP.items() for name in names}
