-- What we change about the engine's own tables, see docs/adr/0013. One statement, so one transaction; each boot runs it.
do $$
begin
  -- Two nodes may boot at once.
  perform pg_advisory_xact_lock(730501004);

  -- A business key has one process: of two starts of which the first was given up while it was still going on, one is refused.
  -- An installation whose history holds doubles from before goes on without; each boot tries again.
  if to_regclass('yjs_idx_hi_procinst_one') is null then
    begin
      create unique index yjs_idx_hi_procinst_one on act_hi_procinst (proc_def_key_, business_key_)
        where super_process_instance_id_ is null and tenant_id_ is null;
    exception when unique_violation then
      raise warning 'act_hi_procinst holds a business key twice: yjs_idx_hi_procinst_one was not made';
    end;
  end if;

  -- The history of activities is most of the engine's data. Nothing asks for it by its end, and an end that stands in no index
  -- is written without touching one.
  if to_regclass('yjs_idx_hi_actinst_start') is null then
    create index yjs_idx_hi_actinst_start on act_hi_actinst (start_time_);
    create index yjs_idx_hi_actinst_definition on act_hi_actinst (proc_def_id_, start_time_);
    alter table act_hi_actinst set (fillfactor = 80);
  end if;
  if to_regclass('act_idx_hi_act_inst_stats') is not null then
    drop index if exists act_idx_hi_act_inst_stats, act_idx_hi_act_inst_comp, act_idx_hi_ai_pdefid_end_time, act_idx_hi_act_inst_start_end,
      act_idx_hi_act_inst_end, act_idx_hi_act_inst_tenant_id, act_idx_hi_act_inst_proc_def_key;
  end if;

  -- Our workers take the oldest tasks first. A lock changes no creation, so it is written without touching this index.
  if to_regclass('yjs_idx_ext_task_created') is null then
    create index yjs_idx_ext_task_created on act_ru_ext_task (create_time_);
  end if;
end $$
