create table alert (
  id text not null,
  kind text not null,
  source text not null,
  region text,
  department text,
  division text,
  slug text,
  application_id text,
  at bigint not null,
  ended_at bigint,
  constraint alert_pkey PRIMARY KEY (id),
  constraint alert_source UNIQUE (kind, source)
);
CREATE INDEX alert_kind ON alert USING btree (kind, at);

create table alert_reading (
  account text not null,
  alert_id text not null,
  read_at bigint not null,
  constraint alert_reading_pkey PRIMARY KEY (account, alert_id),
  constraint alert_reading_alert_id_foreign FOREIGN KEY (alert_id) REFERENCES alert(id)
);

create table alert_subscription (
  id text not null,
  account text not null,
  kind text not null,
  division_prefix text not null,
  slug text,
  created_at bigint not null,
  ended_at bigint,
  constraint alert_subscription_pkey PRIMARY KEY (id)
);
CREATE INDEX alert_subscription_account ON alert_subscription USING btree (account, kind);

create table application (
  id text not null,
  number text,
  region text not null,
  channel text not null,
  status_draft boolean not null default true,
  applicant_key text not null,
  person_key text,
  mobile_last4_key text,
  name_key text,
  mobile_key text,
  version integer not null default 1,
  matters text not null default '[]'::text,
  content_enc text not null,
  confirmed_notices text not null default '[]'::text,
  signature_enc text,
  division text,
  audit_head text,
  created_by text not null,
  created_at bigint not null,
  updated_at bigint not null,
  submitted_at bigint,
  accepted_at bigint,
  accepted_on text,
  traceparent text,
  process_started_at bigint,
  refused_at bigint,
  closed_at bigint,
  materials_erased_at bigint,
  erased_at bigint,
  constraint application_pkey PRIMARY KEY (id),
  constraint application_number_unique UNIQUE (number)
);
CREATE INDEX application_applicant ON application USING btree (applicant_key, updated_at, id);
CREATE INDEX application_mobile ON application USING btree (mobile_key);
CREATE INDEX application_name ON application USING btree (name_key);
CREATE INDEX application_person ON application USING btree (person_key);
CREATE INDEX application_region ON application USING btree (region, updated_at, id);

create table audit_event (
  id text not null,
  chain text not null,
  seq integer not null,
  at bigint not null,
  type text not null,
  actor_role text not null,
  actor_id text not null,
  item_id text,
  data text not null default '{}'::text,
  text_enc text,
  prev_hash text not null,
  hash text not null,
  constraint audit_event_pkey PRIMARY KEY (id),
  constraint audit_event_chain_seq_unique UNIQUE (chain, seq)
);
CREATE INDEX audit_event_actor ON audit_event USING btree (actor_id, at);
CREATE INDEX audit_event_at ON audit_event USING btree (at);

create table audit_seal (
  id text not null,
  number integer not null,
  at bigint not null,
  count integer not null,
  heads_hash text not null,
  prev_hash text not null,
  hash text not null,
  constraint audit_seal_pkey PRIMARY KEY (id),
  constraint audit_seal_number_unique UNIQUE (number)
);

create table audit_seal_head (
  seal_id text not null,
  chain text not null,
  seq integer not null,
  hash text not null,
  constraint audit_seal_head_pkey PRIMARY KEY (seal_id, chain),
  constraint audit_seal_head_seal_id_foreign FOREIGN KEY (seal_id) REFERENCES audit_seal(id)
);
CREATE INDEX audit_seal_head_chain ON audit_seal_head USING btree (chain, seq);

create table audit_unsealed (
  chain text not null,
  seq integer not null,
  constraint audit_unsealed_pkey PRIMARY KEY (chain, seq)
);

create table calendar_day (
  date text not null,
  year integer not null,
  is_off_day boolean not null,
  name text not null,
  constraint calendar_day_pkey PRIMARY KEY (date),
  constraint calendar_day_year_foreign FOREIGN KEY (year) REFERENCES calendar_year(year)
);
CREATE INDEX calendar_day_year ON calendar_day USING btree (year);

create table calendar_import (
  id text not null,
  year integer not null,
  papers text not null,
  source text not null,
  days text not null,
  state text not null,
  proposed_by text not null,
  proposed_at bigint not null,
  decided_by text,
  decided_at bigint,
  redated_at bigint,
  redated_items integer,
  constraint calendar_import_pkey PRIMARY KEY (id)
);
CREATE INDEX calendar_import_state ON calendar_import USING btree (state, proposed_at);

create table calendar_year (
  year integer not null,
  status text not null,
  papers text not null,
  loaded_by text not null,
  loaded_at bigint not null,
  constraint calendar_year_pkey PRIMARY KEY (year)
);

create table clock_interval (
  id text not null,
  subject_id text not null,
  kind text not null,
  started_on text not null,
  ended_on text,
  reason text,
  constraint clock_interval_pkey PRIMARY KEY (id)
);
CREATE INDEX clock_interval_subject ON clock_interval USING btree (subject_id, started_on);
CREATE TRIGGER clock_interval_counted_delete AFTER DELETE ON clock_interval REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_interval();
CREATE TRIGGER clock_interval_counted_insert AFTER INSERT ON clock_interval REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_interval();
CREATE TRIGGER clock_interval_counted_update AFTER UPDATE ON clock_interval REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_interval();

create table correction (
  id text not null,
  item_id text not null,
  application_id text not null,
  fields text not null default '[]'::text,
  materials text not null default '[]'::text,
  deadline text,
  status text not null,
  opened_at bigint,
  created_by text not null,
  created_at bigint not null,
  submitted_at bigint,
  constraint correction_pkey PRIMARY KEY (id),
  constraint correction_application_id_foreign FOREIGN KEY (application_id) REFERENCES application(id),
  constraint correction_item_id_foreign FOREIGN KEY (item_id) REFERENCES item(id)
);
CREATE INDEX correction_application ON correction USING btree (application_id);
CREATE INDEX correction_item ON correction USING btree (item_id, created_at);

create table decided_tally (
  region text not null,
  since bigint not null,
  settled_before bigint not null,
  sums text not null,
  constraint decided_tally_pkey PRIMARY KEY (region)
);

create table decision (
  id text not null,
  task_id text not null,
  item_id text,
  application_id text not null,
  decision text not null,
  reason_code text,
  reason_text_enc text,
  values_enc text,
  decided_by text not null,
  effective_at bigint not null,
  created_at bigint not null,
  undone_at bigint,
  sent_at bigint,
  constraint decision_pkey PRIMARY KEY (id),
  constraint decision_task_id_unique UNIQUE (task_id)
);
CREATE INDEX decision_application ON decision USING btree (application_id);
CREATE INDEX decision_item ON decision USING btree (item_id);

create table decision_proposal (
  task_id text not null,
  decision text not null,
  input_enc text not null,
  proposed_by text not null,
  created_at bigint not null,
  constraint decision_proposal_pkey PRIMARY KEY (task_id),
  constraint decision_proposal_task_id_foreign FOREIGN KEY (task_id) REFERENCES work_item(id)
);

create table department_attempt (
  id text not null,
  request_id text not null,
  number integer not null,
  started_at bigint not null,
  finished_at bigint,
  result text not null,
  http_status integer,
  constraint department_attempt_pkey PRIMARY KEY (id),
  constraint department_attempt_request_id_foreign FOREIGN KEY (request_id) REFERENCES department_call(id)
);
CREATE INDEX department_attempt_request ON department_attempt USING btree (request_id, number);

create table department_call (
  id text not null,
  subject_id text not null,
  application_id text not null,
  item_id text,
  topic text not null,
  department text not null,
  round integer not null,
  attempts integer not null default 0,
  status text not null,
  outcome text,
  receipt_number text,
  receipt_issued_at bigint,
  payload_hash text,
  response_hash text,
  result_enc text,
  traceparent text,
  created_at bigint not null,
  updated_at bigint not null,
  constraint department_call_pkey PRIMARY KEY (id)
);
CREATE INDEX department_call_application ON department_call USING btree (application_id);
CREATE INDEX department_call_open ON department_call USING btree (department, created_at) WHERE (status = 'open'::text);
CREATE INDEX department_call_subject ON department_call USING btree (subject_id, topic);

create table desk_view (
  id text not null,
  region text not null,
  department text not null,
  owner text not null,
  name text not null,
  filters text not null,
  is_shared boolean not null default false,
  created_at bigint not null,
  constraint desk_view_pkey PRIMARY KEY (id)
);
CREATE INDEX desk_view_department ON desk_view USING btree (region, department);

create table erasure_run (
  id text not null,
  region text not null,
  state text not null,
  plan text not null,
  proposed_by text not null,
  proposed_at bigint not null,
  decided_by text,
  decided_at bigint,
  done_at bigint,
  constraint erasure_run_pkey PRIMARY KEY (id)
);
CREATE INDEX erasure_run_region ON erasure_run USING btree (region, proposed_at);

create table feed_cursor (
  name text not null,
  value text not null,
  constraint feed_cursor_pkey PRIMARY KEY (name)
);

create table feedback (
  id text not null,
  number text not null,
  region text,
  department text,
  division text,
  status text not null,
  content_enc text not null,
  mobile_last4_key text,
  handled_by text,
  reply_enc text,
  created_at bigint not null,
  answered_at bigint,
  erased_at bigint,
  constraint feedback_pkey PRIMARY KEY (id),
  constraint feedback_number_unique UNIQUE (number)
);
CREATE INDEX feedback_region ON feedback USING btree (region, created_at, id);

create table idempotency_key (
  applicant_key text not null,
  key text not null,
  body_hash text not null,
  status integer,
  response_enc text,
  created_at bigint not null,
  constraint idempotency_key_pkey PRIMARY KEY (applicant_key, key)
);
CREATE INDEX idempotency_key_created ON idempotency_key USING btree (created_at);

create table item (
  id text not null,
  application_id text not null,
  slug text not null,
  region text not null,
  department text not null,
  division text,
  status text not null,
  outcome text,
  person_key text,
  promised_due text,
  statutory_due text,
  red_due text,
  deadline_kind text,
  is_provisional boolean not null default false,
  receipt_number text,
  receipt_issued_at bigint,
  delivery_method text,
  delivered_at bigint,
  round integer not null default 1,
  withdraw_requested_at bigint,
  has_incident boolean not null default false,
  decided_at bigint,
  version integer not null default 1,
  created_at bigint not null,
  updated_at bigint not null,
  promised_days integer,
  statutory_days integer,
  channel text,
  constraint item_pkey PRIMARY KEY (id),
  constraint item_application_id_foreign FOREIGN KEY (application_id) REFERENCES application(id),
  constraint item_application_id_slug_unique UNIQUE (application_id, slug)
);
CREATE INDEX item_decided ON item USING btree (region, decided_at, department, division, slug, outcome, deadline_kind, promised_due, id) WHERE (decided_at IS NOT NULL);
CREATE INDEX item_open_board ON item USING btree (region, department, slug, division, channel, deadline_kind, status, promised_due, red_due) WHERE (decided_at IS NULL);
CREATE INDEX item_open_department ON item USING btree (region, department, promised_due, id) WHERE (decided_at IS NULL);
CREATE INDEX item_open_region ON item USING btree (region, promised_due, id) WHERE (decided_at IS NULL);
CREATE INDEX item_person ON item USING btree (person_key, slug);
CREATE TRIGGER item_counted AFTER INSERT OR DELETE OR UPDATE OF decided_at, outcome, status, region, department, slug, division, channel, promised_due, red_due, deadline_kind ON item FOR EACH ROW EXECUTE FUNCTION count_item();

create table item_reason (
  id text not null,
  item_id text not null,
  row_id text,
  code text not null,
  rule_id text,
  clause text,
  message text not null,
  source text not null,
  created_at bigint not null,
  constraint item_reason_pkey PRIMARY KEY (id),
  constraint item_reason_item_id_foreign FOREIGN KEY (item_id) REFERENCES item(id),
  constraint item_reason_row_id_foreign FOREIGN KEY (row_id) REFERENCES item_row(id)
);
CREATE INDEX item_reason_item ON item_reason USING btree (item_id, created_at);

create table item_row (
  id text not null,
  item_id text not null,
  application_id text not null,
  insurance text not null,
  status text not null,
  outcome text,
  rests_on_existing boolean not null default false,
  waiting_for text,
  amount_fen bigint,
  payment_status text,
  receipt_number text,
  receipt_issued_at bigint,
  has_incident boolean not null default false,
  decided_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  assessment_enc text,
  constraint item_row_pkey PRIMARY KEY (id),
  constraint item_row_application_id_foreign FOREIGN KEY (application_id) REFERENCES application(id),
  constraint item_row_item_id_foreign FOREIGN KEY (item_id) REFERENCES item(id),
  constraint item_row_item_id_insurance_unique UNIQUE (item_id, insurance)
);
CREATE INDEX item_row_application ON item_row USING btree (application_id);

create table licence_check (
  application_id text not null,
  type text not null,
  outcome text not null,
  licence_enc text,
  person_key text not null,
  request_id text not null,
  checked_at bigint not null,
  constraint licence_check_pkey PRIMARY KEY (application_id, type),
  constraint licence_check_application_id_foreign FOREIGN KEY (application_id) REFERENCES application(id) ON DELETE CASCADE
);

create table material (
  id text not null,
  application_id text not null,
  code text not null,
  slug text,
  file_name_enc text not null,
  sha256 text not null,
  size bigint not null,
  media_type text not null,
  stored_name text not null,
  uploaded_by text not null,
  created_at bigint not null,
  constraint material_pkey PRIMARY KEY (id),
  constraint material_application_id_foreign FOREIGN KEY (application_id) REFERENCES application(id)
);
CREATE INDEX material_application ON material USING btree (application_id);

create table model_draft (
  id text not null,
  region text not null,
  key text not null,
  kind text not null,
  base_version integer not null,
  state text not null,
  version integer not null,
  xml text not null,
  reason text,
  created_by text not null,
  created_at bigint not null,
  updated_by text not null,
  updated_at bigint not null,
  submitted_by text,
  constraint model_draft_pkey PRIMARY KEY (id)
);
CREATE INDEX model_draft_region ON model_draft USING btree (region, state, updated_at);

create table model_draft_revision (
  draft_id text not null,
  version integer not null,
  xml text not null,
  saved_by text not null,
  saved_at bigint not null,
  constraint model_draft_revision_pkey PRIMARY KEY (draft_id, version),
  constraint model_draft_revision_draft_id_foreign FOREIGN KEY (draft_id) REFERENCES model_draft(id)
);

create table model_release (
  id text not null,
  draft_id text not null,
  region text not null,
  key text not null,
  from_version integer not null,
  to_version integer not null,
  deployment_id text not null,
  reason text not null,
  diff text not null,
  sha256 text not null,
  submitted_by text not null,
  released_by text not null,
  released_at bigint not null,
  constraint model_release_pkey PRIMARY KEY (id),
  constraint model_release_draft_id_foreign FOREIGN KEY (draft_id) REFERENCES model_draft(id)
);
CREATE INDEX model_release_region ON model_release USING btree (region, released_at);

create table notification (
  id text not null,
  application_id text not null,
  item_id text,
  channel text not null,
  template text not null,
  status text not null,
  created_at bigint not null,
  sent_at bigint,
  read_at bigint,
  constraint notification_pkey PRIMARY KEY (id),
  constraint notification_application_id_foreign FOREIGN KEY (application_id) REFERENCES application(id),
  constraint notification_item_id_foreign FOREIGN KEY (item_id) REFERENCES item(id)
);
CREATE INDEX notification_application ON notification USING btree (application_id, created_at);

create table notification_contact (
  account_key text not null,
  person_key text not null,
  contact_enc text not null,
  updated_at bigint not null,
  constraint notification_contact_pkey PRIMARY KEY (account_key)
);
CREATE INDEX notification_contact_person ON notification_contact USING btree (person_key);

create table number_sequence (
  region text not null,
  day text not null,
  last integer not null,
  constraint number_sequence_pkey PRIMARY KEY (region, day)
);

create table open_item_change (
  region text not null,
  department text not null,
  slug text not null,
  division text,
  channel text,
  status text not null,
  promised_due text,
  red_due text,
  deadline_kind text,
  is_standing boolean not null,
  delta smallint not null
);

create table open_item_tally (
  region text not null,
  today text not null,
  warn_before text not null,
  is_late boolean not null,
  counts text not null,
  constraint open_item_tally_pkey PRIMARY KEY (region)
);

create table original_check (
  id text not null,
  application_id text not null,
  code text not null,
  way text not null,
  note_enc text,
  checked_by text not null,
  checked_at bigint not null,
  constraint original_check_pkey PRIMARY KEY (id),
  constraint original_check_application_id_foreign FOREIGN KEY (application_id) REFERENCES application(id) ON DELETE CASCADE
);
CREATE INDEX original_check_application ON original_check USING btree (application_id, code);

create table outage (
  id text not null,
  region text not null,
  department text,
  division text,
  started_on text not null,
  ended_on text,
  reason_enc text not null,
  declared_by text not null,
  declared_at bigint not null,
  ended_by text,
  ended_at bigint,
  applied_at bigint,
  applied_items integer,
  constraint outage_pkey PRIMARY KEY (id)
);
CREATE INDEX outage_region ON outage USING btree (region, declared_at);

create table outbox (
  id text not null,
  kind text not null,
  aggregate_id text not null,
  payload text not null,
  due_at bigint not null,
  attempts integer not null default 0,
  last_error text,
  created_at bigint not null,
  done_at bigint,
  locked_until bigint,
  constraint outbox_pkey PRIMARY KEY (id)
);
CREATE INDEX outbox_aggregate ON outbox USING btree (aggregate_id);
CREATE INDEX outbox_pending ON outbox USING btree (due_at, id) WHERE (done_at IS NULL);

create table oversight_action (
  id text not null,
  region text not null,
  level text not null,
  application_id text,
  item_id text,
  department text,
  division text,
  clerk text,
  deadline text not null,
  text_enc text not null,
  state text not null,
  created_by text not null,
  created_at bigint not null,
  answer_enc text,
  answered_by text,
  answered_at bigint,
  checked_by text,
  checked_at bigint,
  source_kind text,
  source_id text,
  proof_enc text,
  proof_file_id text,
  proof_stored_name text,
  proof_file_name_enc text,
  proof_media_type text,
  remark_enc text,
  round integer not null default 1,
  constraint oversight_action_pkey PRIMARY KEY (id),
  constraint oversight_action_application_id_foreign FOREIGN KEY (application_id) REFERENCES application(id),
  constraint oversight_action_item_id_foreign FOREIGN KEY (item_id) REFERENCES item(id)
);
CREATE INDEX oversight_action_region ON oversight_action USING btree (region, state, created_at, id);
CREATE INDEX oversight_action_source ON oversight_action USING btree (source_kind, source_id);

create table parcel (
  id text not null,
  application_id text not null,
  tracking_number text not null,
  status text not null,
  postage_fen integer,
  collected_fen integer,
  items text not null,
  sent_at bigint not null,
  updated_at bigint not null,
  constraint parcel_pkey PRIMARY KEY (id),
  constraint parcel_application_id_foreign FOREIGN KEY (application_id) REFERENCES application(id)
);
CREATE INDEX parcel_application ON parcel USING btree (application_id);

create table person_account (
  account_key text not null,
  profile_enc text not null,
  updated_at bigint not null,
  constraint person_account_pkey PRIMARY KEY (account_key)
);

create table rating (
  id text not null,
  application_id text not null,
  item_id text,
  level integer not null,
  reasons text not null default '[]'::text,
  text_enc text,
  created_at bigint not null,
  open_since bigint,
  constraint rating_pkey PRIMARY KEY (id),
  constraint rating_application_id_foreign FOREIGN KEY (application_id) REFERENCES application(id),
  constraint rating_item_id_foreign FOREIGN KEY (item_id) REFERENCES item(id)
);
CREATE INDEX rating_application ON rating USING btree (application_id);

create table rating_remark (
  id text not null,
  rating_id text not null,
  kind text not null,
  level integer,
  text_enc text,
  created_by text not null,
  created_at bigint not null,
  constraint rating_remark_pkey PRIMARY KEY (id),
  constraint rating_remark_rating_id_foreign FOREIGN KEY (rating_id) REFERENCES rating(id)
);
CREATE UNIQUE INDEX rating_remark_follow_up ON rating_remark USING btree (rating_id) WHERE (kind = 'follow-up'::text);
CREATE INDEX rating_remark_rating ON rating_remark USING btree (rating_id);

create table reminder (
  id text not null,
  subject_id text not null,
  kind text not null,
  due_on text not null,
  settled_at bigint,
  constraint reminder_pkey PRIMARY KEY (id)
);
CREATE INDEX reminder_open ON reminder USING btree (due_on) WHERE (settled_at IS NULL);

create table scenario_run (
  draft_id text not null,
  draft_version integer not null,
  state text not null,
  done integer not null,
  total integer not null,
  result text,
  started_by text not null,
  started_at bigint not null,
  finished_at bigint,
  constraint scenario_run_pkey PRIMARY KEY (draft_id),
  constraint scenario_run_draft_id_foreign FOREIGN KEY (draft_id) REFERENCES model_draft(id)
);

create table sessions (
  sid character varying(255) not null,
  sess json not null,
  expired timestamp with time zone not null,
  constraint sessions_pkey PRIMARY KEY (sid)
);
CREATE INDEX sessions_expired_index ON sessions USING btree (expired);

create table sla_milestone (
  id text not null,
  subject_id text not null,
  kind text not null,
  fired_at bigint not null,
  constraint sla_milestone_pkey PRIMARY KEY (id)
);
CREATE INDEX sla_milestone_subject ON sla_milestone USING btree (subject_id);

create table staff_account (
  account text not null,
  region text not null,
  roles text not null,
  department text,
  division text,
  seen_at bigint not null,
  constraint staff_account_pkey PRIMARY KEY (account)
);
CREATE INDEX staff_account_department ON staff_account USING btree (region, department);

create table task_remark (
  id text not null,
  task_id text not null,
  application_id text not null,
  kind text not null,
  text_enc text not null,
  created_by text not null,
  addressee text,
  answered_at bigint,
  created_at bigint not null,
  constraint task_remark_pkey PRIMARY KEY (id),
  constraint task_remark_task_id_foreign FOREIGN KEY (task_id) REFERENCES work_item(id)
);
CREATE INDEX task_remark_application ON task_remark USING btree (application_id, created_at);
CREATE INDEX task_remark_asked ON task_remark USING btree (addressee) WHERE ((kind = 'question'::text) AND (answered_at IS NULL));

create table text_message (
  id text not null,
  notification_id text not null,
  recipient text not null,
  attempt integer not null,
  status text not null,
  message_number text,
  updated_at bigint not null,
  constraint text_message_pkey PRIMARY KEY (id),
  constraint text_message_notification_id_foreign FOREIGN KEY (notification_id) REFERENCES notification(id),
  constraint text_message_once UNIQUE (notification_id, recipient)
);

create table topic_pause (
  topic text not null,
  region text,
  reason_enc text not null,
  paused_by text not null,
  paused_at bigint not null,
  constraint topic_pause_pkey PRIMARY KEY (topic)
);

create table verdict (
  id text not null,
  task_id text not null,
  application_id text not null,
  subject text not null,
  verdict text not null,
  reason_code text,
  text_enc text,
  given_by text not null,
  created_at bigint not null,
  constraint verdict_pkey PRIMARY KEY (id),
  constraint verdict_task_id_foreign FOREIGN KEY (task_id) REFERENCES work_item(id)
);
CREATE INDEX verdict_application ON verdict USING btree (application_id, created_at);

create table window_intake (
  application_id text not null,
  division text,
  taken_by text not null,
  taken_at bigint not null,
  signing text,
  witness_enc text,
  has_signed_copies boolean not null default false,
  agent_key text,
  agent_checked_at bigint,
  call_back_promised_at bigint,
  told_at bigint,
  constraint window_intake_pkey PRIMARY KEY (application_id),
  constraint window_intake_application_id_foreign FOREIGN KEY (application_id) REFERENCES application(id) ON DELETE CASCADE
);
CREATE INDEX window_intake_taken ON window_intake USING btree (taken_at);

create table work_item (
  id text not null,
  application_id text not null,
  item_id text,
  row_id text,
  region text not null,
  slug text,
  department text not null,
  division text,
  name text not null,
  kind text not null,
  activity_id text not null,
  process_definition_id text not null,
  process_instance_id text not null,
  decisions text not null default '[]'::text,
  assignee text,
  delegated_from text,
  due_at bigint,
  created_at bigint not null,
  state text not null,
  version integer not null default 1,
  draft_enc text,
  rule_id text,
  updated_at bigint not null,
  ended_at bigint,
  constraint work_item_pkey PRIMARY KEY (id)
);
CREATE INDEX work_item_application ON work_item USING btree (application_id);
CREATE INDEX work_item_changed ON work_item USING btree (region, updated_at);
CREATE INDEX work_item_instance ON work_item USING btree (process_instance_id);
CREATE INDEX work_item_item ON work_item USING btree (item_id);
CREATE INDEX work_item_open_due ON work_item USING btree (region, department, division, due_at, id) WHERE (state = 'open'::text);
CREATE INDEX work_item_open_held ON work_item USING btree (assignee, due_at, id) WHERE (state = 'open'::text);
CREATE INDEX work_item_open_pickup ON work_item USING btree (region, department, due_at, id) WHERE ((state = 'open'::text) AND (kind = 'pickup'::text));
CREATE INDEX work_item_open_region ON work_item USING btree (region, department, due_at, id) WHERE (state = 'open'::text);
CREATE INDEX work_item_open_since ON work_item USING btree (region, department, created_at) WHERE (state = 'open'::text);

CREATE OR REPLACE FUNCTION count_interval()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  began text[] := '{}';
  began_ids text[] := '{}';
  ended text[] := '{}';
begin
  if tg_op <> 'DELETE' then
    select coalesce(array_agg(subject_id), '{}'), coalesce(array_agg(id), '{}') into began, began_ids from added where kind in ('special', 'waiting', 'outage') and ended_on is null;
  end if;
  if tg_op <> 'INSERT' then
    select coalesce(array_agg(subject_id), '{}') into ended from removed where kind in ('special', 'waiting', 'outage') and ended_on is null;
  end if;
  if began <> ended then
    perform count_standing(began, began_ids, ended);
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION count_item()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  was_open boolean := tg_op <> 'INSERT' and old.decided_at is null and old.status in ('accepted', 'waiting', 'reviewing', 'correcting');
  is_open boolean := tg_op <> 'DELETE' and new.decided_at is null and new.status in ('accepted', 'waiting', 'reviewing', 'correcting');
  stands boolean;
begin
  if coalesce(old.decided_at, new.decided_at) is not null and (old.region, old.department, old.slug, old.division, old.outcome, old.decided_at, old.promised_due, old.deadline_kind) is distinct from (new.region, new.department, new.slug, new.division, new.outcome, new.decided_at, new.promised_due, new.deadline_kind) then
    delete from decided_tally where region = old.region and since <= old.decided_at and old.decided_at < settled_before or region = new.region and since <= new.decided_at and new.decided_at < settled_before;
  end if;
  if not was_open and not is_open or was_open and is_open and (old.region, old.department, old.slug, old.division, old.channel, old.promised_due, old.red_due, old.deadline_kind, old.status = 'correcting') is not distinct from (new.region, new.department, new.slug, new.division, new.channel, new.promised_due, new.red_due, new.deadline_kind, new.status = 'correcting') then
    return null;
  end if;
  stands := exists (select from clock_interval where subject_id = coalesce(new.id, old.id) and kind in ('special', 'waiting', 'outage') and ended_on is null);
  if was_open then
    insert into open_item_change (region, department, slug, division, channel, promised_due, red_due, deadline_kind, status, is_standing, delta) values (old.region, old.department, old.slug, old.division, old.channel, old.promised_due, old.red_due, old.deadline_kind, old.status, stands, -1);
  end if;
  if is_open then
    insert into open_item_change (region, department, slug, division, channel, promised_due, red_due, deadline_kind, status, is_standing, delta) values (new.region, new.department, new.slug, new.division, new.channel, new.promised_due, new.red_due, new.deadline_kind, new.status, stands, 1);
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION count_standing(began text[], began_ids text[], ended text[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  -- In line with whoever changes the item, or another stop of it: what is read below is then what stands.
  perform from item where id = any(began || ended) order by id for no key update;
  insert into open_item_change (region, department, slug, division, channel, promised_due, red_due, deadline_kind, status, is_standing, delta)
    select item.region, item.department, item.slug, item.division, item.channel, item.promised_due, item.red_due, item.deadline_kind, item.status, case when delta < 0 then stood else stands end, delta
    from item
      cross join lateral (select exists (select from clock_interval where subject_id = item.id and kind in ('special', 'waiting', 'outage') and ended_on is null) as stands,
        item.id = any(ended) or exists (select from clock_interval where subject_id = item.id and kind in ('special', 'waiting', 'outage') and ended_on is null and id <> all(began_ids)) as stood) as told
      cross join (values (-1), (1)) as way (delta)
    where item.id = any(began || ended) and item.decided_at is null and item.status in ('accepted', 'waiting', 'reviewing', 'correcting') and stands <> stood;
end $function$
;
