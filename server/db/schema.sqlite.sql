CREATE TABLE `alert` (
  `id` text not null,
  `kind` text not null,
  `source` text not null,
  `region` text,
  `department` text,
  `division` text,
  `slug` text,
  `application_id` text,
  `at` bigint not null,
  `ended_at` bigint,
  primary key (`id`)
);
CREATE INDEX `alert_kind` on `alert` (`kind`, `at`);
CREATE UNIQUE INDEX `alert_source` on `alert` (`kind`, `source`);

CREATE TABLE `alert_reading` (
  `account` text not null,
  `alert_id` text not null,
  `read_at` bigint not null,
  foreign key(`alert_id`) references `alert`(`id`),
  primary key (`account`, `alert_id`)
);

CREATE TABLE `alert_subscription` (
  `id` text not null,
  `account` text not null,
  `kind` text not null,
  `division_prefix` text not null,
  `slug` text,
  `created_at` bigint not null,
  `ended_at` bigint,
  primary key (`id`)
);
CREATE INDEX `alert_subscription_account` on `alert_subscription` (`account`, `kind`);

CREATE TABLE `application` (
  `id` text not null,
  `number` text,
  `region` text not null,
  `channel` text not null,
  `status_draft` boolean not null default '1',
  `applicant_key` text not null,
  `person_key` text,
  `mobile_last4_key` text,
  `name_key` text,
  `mobile_key` text,
  `version` integer not null default '1',
  `matters` text not null default '[]',
  `content_enc` text not null,
  `confirmed_notices` text not null default '[]',
  `signature_enc` text,
  `division` text,
  `audit_head` text,
  `created_by` text not null,
  `created_at` bigint not null,
  `updated_at` bigint not null,
  `submitted_at` bigint,
  `accepted_at` bigint,
  `accepted_on` text,
  `traceparent` text,
  `process_started_at` bigint,
  `refused_at` bigint,
  `closed_at` bigint,
  `materials_erased_at` bigint,
  `erased_at` bigint,
  primary key (`id`)
);
CREATE INDEX `application_applicant` on `application` (`applicant_key`, `updated_at`, `id`);
CREATE INDEX `application_mobile` on `application` (`mobile_key`);
CREATE INDEX `application_name` on `application` (`name_key`);
CREATE UNIQUE INDEX `application_number_unique` on `application` (`number`);
CREATE INDEX `application_person` on `application` (`person_key`);
CREATE INDEX `application_region` on `application` (`region`, `updated_at`, `id`);

CREATE TABLE `audit_event` (
  `id` text not null,
  `chain` text not null,
  `seq` integer not null,
  `at` bigint not null,
  `type` text not null,
  `actor_role` text not null,
  `actor_id` text not null,
  `item_id` text,
  `data` text not null default '{}',
  `text_enc` text,
  `prev_hash` text not null,
  `hash` text not null,
  primary key (`id`)
);
CREATE INDEX `audit_event_actor` on `audit_event` (`actor_id`, `at`);
CREATE INDEX `audit_event_at` on `audit_event` (`at`);
CREATE UNIQUE INDEX `audit_event_chain_seq_unique` on `audit_event` (`chain`, `seq`);

CREATE TABLE `audit_seal` (
  `id` text not null,
  `number` integer not null,
  `at` bigint not null,
  `count` integer not null,
  `heads_hash` text not null,
  `prev_hash` text not null,
  `hash` text not null,
  primary key (`id`)
);
CREATE UNIQUE INDEX `audit_seal_number_unique` on `audit_seal` (`number`);

CREATE TABLE `audit_seal_head` (
  `seal_id` text not null,
  `chain` text not null,
  `seq` integer not null,
  `hash` text not null,
  foreign key(`seal_id`) references `audit_seal`(`id`),
  primary key (`seal_id`, `chain`)
);
CREATE INDEX `audit_seal_head_chain` on `audit_seal_head` (`chain`, `seq`);

CREATE TABLE `audit_unsealed` (
  `chain` text not null,
  `seq` integer not null,
  primary key (`chain`, `seq`)
);

CREATE TABLE `calendar_day` (
  `date` text not null,
  `year` integer not null,
  `is_off_day` boolean not null,
  `name` text not null,
  foreign key(`year`) references `calendar_year`(`year`),
  primary key (`date`)
);
CREATE INDEX `calendar_day_year` on `calendar_day` (`year`);

CREATE TABLE `calendar_import` (
  `id` text not null,
  `year` integer not null,
  `papers` text not null,
  `source` text not null,
  `days` text not null,
  `state` text not null,
  `proposed_by` text not null,
  `proposed_at` bigint not null,
  `decided_by` text,
  `decided_at` bigint,
  `redated_at` bigint,
  `redated_items` integer,
  primary key (`id`)
);
CREATE INDEX `calendar_import_state` on `calendar_import` (`state`, `proposed_at`);

CREATE TABLE `calendar_year` (
  `year` integer not null,
  `status` text not null,
  `papers` text not null,
  `loaded_by` text not null,
  `loaded_at` bigint not null,
  primary key (`year`)
);

CREATE TABLE `clock_interval` (
  `id` text not null,
  `subject_id` text not null,
  `kind` text not null,
  `started_on` text not null,
  `ended_on` text,
  `reason` text,
  primary key (`id`)
);
CREATE INDEX `clock_interval_subject` on `clock_interval` (`subject_id`, `started_on`);

CREATE TABLE `correction` (
  `id` text not null,
  `item_id` text not null,
  `application_id` text not null,
  `fields` text not null default '[]',
  `materials` text not null default '[]',
  `deadline` text,
  `status` text not null,
  `opened_at` bigint,
  `created_by` text not null,
  `created_at` bigint not null,
  `submitted_at` bigint,
  foreign key(`item_id`) references `item`(`id`),
  foreign key(`application_id`) references `application`(`id`),
  primary key (`id`)
);
CREATE INDEX `correction_application` on `correction` (`application_id`);
CREATE INDEX `correction_item` on `correction` (`item_id`, `created_at`);

CREATE TABLE `decided_tally` (
  `region` text not null,
  `since` bigint not null,
  `settled_before` bigint not null,
  `sums` text not null,
  primary key (`region`)
);

CREATE TABLE `decision` (
  `id` text not null,
  `task_id` text not null,
  `item_id` text,
  `application_id` text not null,
  `decision` text not null,
  `reason_code` text,
  `reason_text_enc` text,
  `values_enc` text,
  `decided_by` text not null,
  `effective_at` bigint not null,
  `created_at` bigint not null,
  `undone_at` bigint,
  `sent_at` bigint,
  primary key (`id`)
);
CREATE INDEX `decision_application` on `decision` (`application_id`);
CREATE INDEX `decision_item` on `decision` (`item_id`);
CREATE UNIQUE INDEX `decision_task_id_unique` on `decision` (`task_id`);

CREATE TABLE `decision_proposal` (
  `task_id` text not null,
  `decision` text not null,
  `input_enc` text not null,
  `proposed_by` text not null,
  `created_at` bigint not null,
  foreign key(`task_id`) references `work_item`(`id`),
  primary key (`task_id`)
);

CREATE TABLE `department_attempt` (
  `id` text not null,
  `request_id` text not null,
  `number` integer not null,
  `started_at` bigint not null,
  `finished_at` bigint,
  `result` text not null,
  `http_status` integer,
  foreign key(`request_id`) references `department_call`(`id`),
  primary key (`id`)
);
CREATE INDEX `department_attempt_request` on `department_attempt` (`request_id`, `number`);

CREATE TABLE `department_call` (
  `id` text not null,
  `subject_id` text not null,
  `application_id` text not null,
  `item_id` text,
  `topic` text not null,
  `department` text not null,
  `round` integer not null,
  `attempts` integer not null default '0',
  `status` text not null,
  `outcome` text,
  `receipt_number` text,
  `receipt_issued_at` bigint,
  `payload_hash` text,
  `response_hash` text,
  `result_enc` text,
  `traceparent` text,
  `created_at` bigint not null,
  `updated_at` bigint not null,
  primary key (`id`)
);
CREATE INDEX `department_call_application` on `department_call` (`application_id`);
CREATE INDEX `department_call_open` on `department_call` (`department`, `created_at`) where status = 'open';
CREATE INDEX `department_call_subject` on `department_call` (`subject_id`, `topic`);

CREATE TABLE `desk_view` (
  `id` text not null,
  `region` text not null,
  `department` text not null,
  `owner` text not null,
  `name` text not null,
  `filters` text not null,
  `is_shared` boolean not null default '0',
  `created_at` bigint not null,
  primary key (`id`)
);
CREATE INDEX `desk_view_department` on `desk_view` (`region`, `department`);

CREATE TABLE `erasure_run` (
  `id` text not null,
  `region` text not null,
  `state` text not null,
  `plan` text not null,
  `proposed_by` text not null,
  `proposed_at` bigint not null,
  `decided_by` text,
  `decided_at` bigint,
  `done_at` bigint,
  primary key (`id`)
);
CREATE INDEX `erasure_run_region` on `erasure_run` (`region`, `proposed_at`);

CREATE TABLE `feed_cursor` (
  `name` text not null,
  `value` text not null,
  primary key (`name`)
);

CREATE TABLE `feedback` (
  `id` text not null,
  `number` text not null,
  `region` text,
  `department` text,
  `division` text,
  `status` text not null,
  `content_enc` text not null,
  `mobile_last4_key` text,
  `handled_by` text,
  `reply_enc` text,
  `created_at` bigint not null,
  `answered_at` bigint,
  `erased_at` bigint,
  primary key (`id`)
);
CREATE UNIQUE INDEX `feedback_number_unique` on `feedback` (`number`);
CREATE INDEX `feedback_region` on `feedback` (`region`, `created_at`, `id`);

CREATE TABLE `idempotency_key` (
  `applicant_key` text not null,
  `key` text not null,
  `body_hash` text not null,
  `status` integer,
  `response_enc` text,
  `created_at` bigint not null,
  primary key (`applicant_key`, `key`)
);
CREATE INDEX `idempotency_key_created` on `idempotency_key` (`created_at`);

CREATE TABLE `item` (
  `id` text not null,
  `application_id` text not null,
  `slug` text not null,
  `region` text not null,
  `department` text not null,
  `division` text,
  `status` text not null,
  `outcome` text,
  `person_key` text,
  `promised_due` text,
  `statutory_due` text,
  `red_due` text,
  `deadline_kind` text,
  `is_provisional` boolean not null default '0',
  `receipt_number` text,
  `receipt_issued_at` bigint,
  `delivery_method` text,
  `delivered_at` bigint,
  `round` integer not null default '1',
  `withdraw_requested_at` bigint,
  `has_incident` boolean not null default '0',
  `decided_at` bigint,
  `version` integer not null default '1',
  `created_at` bigint not null,
  `updated_at` bigint not null,
  `promised_days` integer,
  `statutory_days` integer,
  `channel` text,
  foreign key(`application_id`) references `application`(`id`),
  primary key (`id`)
);
CREATE UNIQUE INDEX `item_application_id_slug_unique` on `item` (`application_id`, `slug`);
CREATE INDEX `item_decided` on `item` (`region`, `decided_at`, `department`, `division`, `slug`, `outcome`, `deadline_kind`, `promised_due`, `id`) where `decided_at` is not null;
CREATE INDEX `item_open_board` on `item` (`region`, `department`, `slug`, `division`, `channel`, `deadline_kind`, `status`, `promised_due`, `red_due`) where `decided_at` is null;
CREATE INDEX `item_open_department` on `item` (`region`, `department`, `promised_due`, `id`) where `decided_at` is null;
CREATE INDEX `item_open_region` on `item` (`region`, `promised_due`, `id`) where `decided_at` is null;
CREATE INDEX `item_person` on `item` (`person_key`, `slug`);

CREATE TABLE `item_reason` (
  `id` text not null,
  `item_id` text not null,
  `row_id` text,
  `code` text not null,
  `rule_id` text,
  `clause` text,
  `message` text not null,
  `source` text not null,
  `created_at` bigint not null,
  foreign key(`item_id`) references `item`(`id`),
  foreign key(`row_id`) references `item_row`(`id`),
  primary key (`id`)
);
CREATE INDEX `item_reason_item` on `item_reason` (`item_id`, `created_at`);

CREATE TABLE `item_row` (
  `id` text not null,
  `item_id` text not null,
  `application_id` text not null,
  `insurance` text not null,
  `status` text not null,
  `outcome` text,
  `rests_on_existing` boolean not null default '0',
  `waiting_for` text,
  `amount_fen` bigint,
  `payment_status` text,
  `receipt_number` text,
  `receipt_issued_at` bigint,
  `has_incident` boolean not null default '0',
  `decided_at` bigint,
  `created_at` bigint not null,
  `updated_at` bigint not null,
  `assessment_enc` text,
  foreign key(`item_id`) references `item`(`id`),
  foreign key(`application_id`) references `application`(`id`),
  primary key (`id`)
);
CREATE INDEX `item_row_application` on `item_row` (`application_id`);
CREATE UNIQUE INDEX `item_row_item_id_insurance_unique` on `item_row` (`item_id`, `insurance`);

CREATE TABLE `licence_check` (
  `application_id` text not null,
  `type` text not null,
  `outcome` text not null,
  `licence_enc` text,
  `person_key` text not null,
  `request_id` text not null,
  `checked_at` bigint not null,
  foreign key(`application_id`) references `application`(`id`) on delete CASCADE,
  primary key (`application_id`, `type`)
);

CREATE TABLE `material` (
  `id` text not null,
  `application_id` text not null,
  `code` text not null,
  `slug` text,
  `file_name_enc` text not null,
  `sha256` text not null,
  `size` bigint not null,
  `media_type` text not null,
  `stored_name` text not null,
  `uploaded_by` text not null,
  `created_at` bigint not null,
  foreign key(`application_id`) references `application`(`id`),
  primary key (`id`)
);
CREATE INDEX `material_application` on `material` (`application_id`);

CREATE TABLE `model_draft` (
  `id` text not null,
  `region` text not null,
  `key` text not null,
  `kind` text not null,
  `base_version` integer not null,
  `state` text not null,
  `version` integer not null,
  `xml` text not null,
  `reason` text,
  `created_by` text not null,
  `created_at` bigint not null,
  `updated_by` text not null,
  `updated_at` bigint not null,
  `submitted_by` text,
  primary key (`id`)
);
CREATE INDEX `model_draft_region` on `model_draft` (`region`, `state`, `updated_at`);

CREATE TABLE `model_draft_revision` (
  `draft_id` text not null,
  `version` integer not null,
  `xml` text not null,
  `saved_by` text not null,
  `saved_at` bigint not null,
  foreign key(`draft_id`) references `model_draft`(`id`),
  primary key (`draft_id`, `version`)
);

CREATE TABLE `model_release` (
  `id` text not null,
  `draft_id` text not null,
  `region` text not null,
  `key` text not null,
  `from_version` integer not null,
  `to_version` integer not null,
  `deployment_id` text not null,
  `reason` text not null,
  `diff` text not null,
  `sha256` text not null,
  `submitted_by` text not null,
  `released_by` text not null,
  `released_at` bigint not null,
  foreign key(`draft_id`) references `model_draft`(`id`),
  primary key (`id`)
);
CREATE INDEX `model_release_region` on `model_release` (`region`, `released_at`);

CREATE TABLE `notification` (
  `id` text not null,
  `application_id` text not null,
  `item_id` text,
  `channel` text not null,
  `template` text not null,
  `status` text not null,
  `created_at` bigint not null,
  `sent_at` bigint,
  `read_at` bigint,
  foreign key(`application_id`) references `application`(`id`),
  foreign key(`item_id`) references `item`(`id`),
  primary key (`id`)
);
CREATE INDEX `notification_application` on `notification` (`application_id`, `created_at`);

CREATE TABLE `notification_contact` (
  `account_key` text not null,
  `person_key` text not null,
  `contact_enc` text not null,
  `updated_at` bigint not null,
  primary key (`account_key`)
);
CREATE INDEX `notification_contact_person` on `notification_contact` (`person_key`);

CREATE TABLE `number_sequence` (
  `region` text not null,
  `day` text not null,
  `last` integer not null,
  primary key (`region`, `day`)
);

CREATE TABLE `open_item_change` (
  `region` text not null,
  `department` text not null,
  `slug` text not null,
  `division` text,
  `channel` text,
  `status` text not null,
  `promised_due` text,
  `red_due` text,
  `deadline_kind` text,
  `is_standing` boolean not null,
  `delta` integer not null
);

CREATE TABLE `open_item_tally` (
  `region` text not null,
  `today` text not null,
  `warn_before` text not null,
  `is_late` boolean not null,
  `counts` text not null,
  primary key (`region`)
);

CREATE TABLE `original_check` (
  `id` text not null,
  `application_id` text not null,
  `code` text not null,
  `way` text not null,
  `note_enc` text,
  `checked_by` text not null,
  `checked_at` bigint not null,
  foreign key(`application_id`) references `application`(`id`) on delete CASCADE,
  primary key (`id`)
);
CREATE INDEX `original_check_application` on `original_check` (`application_id`, `code`);

CREATE TABLE `outage` (
  `id` text not null,
  `region` text not null,
  `department` text,
  `division` text,
  `started_on` text not null,
  `ended_on` text,
  `reason_enc` text not null,
  `declared_by` text not null,
  `declared_at` bigint not null,
  `ended_by` text,
  `ended_at` bigint,
  `applied_at` bigint,
  `applied_items` integer,
  primary key (`id`)
);
CREATE INDEX `outage_region` on `outage` (`region`, `declared_at`);

CREATE TABLE `outbox` (
  `id` text not null,
  `kind` text not null,
  `aggregate_id` text not null,
  `payload` text not null,
  `due_at` bigint not null,
  `attempts` integer not null default '0',
  `last_error` text,
  `created_at` bigint not null,
  `done_at` bigint,
  `locked_until` bigint,
  primary key (`id`)
);
CREATE INDEX `outbox_aggregate` on `outbox` (`aggregate_id`);
CREATE INDEX `outbox_pending` on `outbox` (`due_at`, `id`) where `done_at` is null;

CREATE TABLE `oversight_action` (
  `id` text not null,
  `region` text not null,
  `level` text not null,
  `application_id` text,
  `item_id` text,
  `department` text,
  `division` text,
  `clerk` text,
  `deadline` text not null,
  `text_enc` text not null,
  `state` text not null,
  `created_by` text not null,
  `created_at` bigint not null,
  `answer_enc` text,
  `answered_by` text,
  `answered_at` bigint,
  `checked_by` text,
  `checked_at` bigint,
  `source_kind` text,
  `source_id` text,
  `proof_enc` text,
  `proof_file_id` text,
  `proof_stored_name` text,
  `proof_file_name_enc` text,
  `proof_media_type` text,
  `remark_enc` text,
  `round` integer not null default '1',
  foreign key(`application_id`) references `application`(`id`),
  foreign key(`item_id`) references `item`(`id`),
  primary key (`id`)
);
CREATE INDEX `oversight_action_region` on `oversight_action` (`region`, `state`, `created_at`, `id`);
CREATE INDEX `oversight_action_source` on `oversight_action` (`source_kind`, `source_id`);

CREATE TABLE `parcel` (
  `id` text not null,
  `application_id` text not null,
  `tracking_number` text not null,
  `status` text not null,
  `postage_fen` integer,
  `collected_fen` integer,
  `items` text not null,
  `sent_at` bigint not null,
  `updated_at` bigint not null,
  foreign key(`application_id`) references `application`(`id`),
  primary key (`id`)
);
CREATE INDEX `parcel_application` on `parcel` (`application_id`);

CREATE TABLE `person_account` (
  `account_key` text not null,
  `profile_enc` text not null,
  `updated_at` bigint not null,
  primary key (`account_key`)
);

CREATE TABLE `rating` (
  `id` text not null,
  `application_id` text not null,
  `item_id` text,
  `level` integer not null,
  `reasons` text not null default '[]',
  `text_enc` text,
  `created_at` bigint not null,
  `open_since` bigint,
  foreign key(`application_id`) references `application`(`id`),
  foreign key(`item_id`) references `item`(`id`),
  primary key (`id`)
);
CREATE INDEX `rating_application` on `rating` (`application_id`);

CREATE TABLE `rating_remark` (
  `id` text not null,
  `rating_id` text not null,
  `kind` text not null,
  `level` integer,
  `text_enc` text,
  `created_by` text not null,
  `created_at` bigint not null,
  foreign key(`rating_id`) references `rating`(`id`),
  primary key (`id`)
);
CREATE UNIQUE INDEX `rating_remark_follow_up` on `rating_remark` (`rating_id`) where kind = 'follow-up';
CREATE INDEX `rating_remark_rating` on `rating_remark` (`rating_id`);

CREATE TABLE `reminder` (
  `id` text not null,
  `subject_id` text not null,
  `kind` text not null,
  `due_on` text not null,
  `settled_at` bigint,
  primary key (`id`)
);
CREATE INDEX `reminder_open` on `reminder` (`due_on`) where `settled_at` is null;

CREATE TABLE `scenario_run` (
  `draft_id` text not null,
  `draft_version` integer not null,
  `state` text not null,
  `done` integer not null,
  `total` integer not null,
  `result` text,
  `started_by` text not null,
  `started_at` bigint not null,
  `finished_at` bigint,
  foreign key(`draft_id`) references `model_draft`(`id`),
  primary key (`draft_id`)
);

CREATE TABLE `sessions` (
  `sid` varchar(255) not null,
  `sess` json not null,
  `expired` datetime not null,
  primary key (`sid`)
);
CREATE INDEX `sessions_expired_index` on `sessions` (`expired`);

CREATE TABLE `sla_milestone` (
  `id` text not null,
  `subject_id` text not null,
  `kind` text not null,
  `fired_at` bigint not null,
  primary key (`id`)
);
CREATE INDEX `sla_milestone_subject` on `sla_milestone` (`subject_id`);

CREATE TABLE `staff_account` (
  `account` text not null,
  `region` text not null,
  `roles` text not null,
  `department` text,
  `division` text,
  `seen_at` bigint not null,
  primary key (`account`)
);
CREATE INDEX `staff_account_department` on `staff_account` (`region`, `department`);

CREATE TABLE `task_remark` (
  `id` text not null,
  `task_id` text not null,
  `application_id` text not null,
  `kind` text not null,
  `text_enc` text not null,
  `created_by` text not null,
  `addressee` text,
  `answered_at` bigint,
  `created_at` bigint not null,
  foreign key(`task_id`) references `work_item`(`id`),
  primary key (`id`)
);
CREATE INDEX `task_remark_application` on `task_remark` (`application_id`, `created_at`);
CREATE INDEX `task_remark_asked` on `task_remark` (`addressee`) where kind = 'question' and answered_at is null;

CREATE TABLE `text_message` (
  `id` text not null,
  `notification_id` text not null,
  `recipient` text not null,
  `attempt` integer not null,
  `status` text not null,
  `message_number` text,
  `updated_at` bigint not null,
  foreign key(`notification_id`) references `notification`(`id`),
  primary key (`id`)
);
CREATE UNIQUE INDEX `text_message_once` on `text_message` (`notification_id`, `recipient`);

CREATE TABLE `topic_pause` (
  `topic` text not null,
  `region` text,
  `reason_enc` text not null,
  `paused_by` text not null,
  `paused_at` bigint not null,
  primary key (`topic`)
);

CREATE TABLE `verdict` (
  `id` text not null,
  `task_id` text not null,
  `application_id` text not null,
  `subject` text not null,
  `verdict` text not null,
  `reason_code` text,
  `text_enc` text,
  `given_by` text not null,
  `created_at` bigint not null,
  foreign key(`task_id`) references `work_item`(`id`),
  primary key (`id`)
);
CREATE INDEX `verdict_application` on `verdict` (`application_id`, `created_at`);

CREATE TABLE `window_intake` (
  `application_id` text not null,
  `division` text,
  `taken_by` text not null,
  `taken_at` bigint not null,
  `signing` text,
  `witness_enc` text,
  `has_signed_copies` boolean not null default '0',
  `agent_key` text,
  `agent_checked_at` bigint,
  `call_back_promised_at` bigint,
  `told_at` bigint,
  foreign key(`application_id`) references `application`(`id`) on delete CASCADE,
  primary key (`application_id`)
);
CREATE INDEX `window_intake_taken` on `window_intake` (`taken_at`);

CREATE TABLE `work_item` (
  `id` text not null,
  `application_id` text not null,
  `item_id` text,
  `row_id` text,
  `region` text not null,
  `slug` text,
  `department` text not null,
  `division` text,
  `name` text not null,
  `kind` text not null,
  `activity_id` text not null,
  `process_definition_id` text not null,
  `process_instance_id` text not null,
  `decisions` text not null default '[]',
  `assignee` text,
  `delegated_from` text,
  `due_at` bigint,
  `created_at` bigint not null,
  `state` text not null,
  `version` integer not null default '1',
  `draft_enc` text,
  `rule_id` text,
  `updated_at` bigint not null,
  `ended_at` bigint,
  primary key (`id`)
);
CREATE INDEX `work_item_application` on `work_item` (`application_id`);
CREATE INDEX `work_item_changed` on `work_item` (`region`, `updated_at`);
CREATE INDEX `work_item_instance` on `work_item` (`process_instance_id`);
CREATE INDEX `work_item_item` on `work_item` (`item_id`);
CREATE INDEX `work_item_open_due` on `work_item` (`region`, `department`, `division`, `due_at`, `id`) where state = 'open';
CREATE INDEX `work_item_open_held` on `work_item` (`assignee`, `due_at`, `id`) where state = 'open';
CREATE INDEX `work_item_open_pickup` on `work_item` (`region`, `department`, `due_at`, `id`) where state = 'open' and kind = 'pickup';
CREATE INDEX `work_item_open_region` on `work_item` (`region`, `department`, `due_at`, `id`) where state = 'open';
CREATE INDEX `work_item_open_since` on `work_item` (`region`, `department`, `created_at`) where state = 'open';
