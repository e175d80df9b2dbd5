-- Evidence that the database itself protects. Run at every install and update, so it must be
-- repeatable. What is listed here is frozen; a column that an update adds is not touched by it.
--
-- Content is hashed as the text of a jsonb array, which PostgreSQL writes the same way every
-- time; the leading number is the version of the list, to be raised when the list changes. Rows
-- without a model's part keep version 1, so that what was hashed before it existed stays valid.

CREATE OR REPLACE FUNCTION ai_audit_log_content(r ai_audit_log) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_array(
        CASE WHEN model.part IS NULL THEN 1 ELSE 2 END,
        r.id, r.task_code, r.res_model, r.res_id, r.company_id, r.trigger, r.run_id,
        r.maker_id, r.replaces_id, r.input_checksum, r.proposal, r.confidence, r.reasons,
        r.vetoes, r.summary, r.amount, r.policy_values, r.decision, r.decision_reasons,
        r.auto_eligible, r.payload_digest, r.create_date, r.create_uid
    ) || coalesce(model.part, '[]'::jsonb)
    FROM (
        SELECT CASE
            WHEN r.model_uses IS NOT NULL OR r.explanation IS NOT NULL OR r.model_name IS NOT NULL
                OR coalesce(r.prompt_tokens, 0) != 0 OR coalesce(r.completion_tokens, 0) != 0
                OR coalesce(r.model_cost, 0) != 0 OR coalesce(r.model_latency_ms, 0) != 0
            THEN jsonb_build_array(
                r.model_uses, r.explanation, r.model_name, r.prompt_tokens, r.completion_tokens,
                r.model_cost, r.model_latency_ms
            )
        END AS part
    ) model
$$;

CREATE OR REPLACE FUNCTION ai_audit_log_event_content(r ai_audit_log_event) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_array(
        1, r.id, r.log_id, r.log_hash, r.company_id, r.kind, r.old_state, r.new_state,
        r.user_id, r.note, r.data, r.create_date
    )
$$;

CREATE OR REPLACE FUNCTION ai_audit_seal_content(r ai_audit_seal) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_array(1, r.id, r.company_id, r.sequence, r.event_id, r.chain_hash)
$$;

CREATE OR REPLACE FUNCTION ai_audit_hash(content jsonb) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(content::text, 'UTF8')), 'hex')
$$;

CREATE OR REPLACE FUNCTION ai_audit_link(previous text, sequence integer, content text)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(
        sha256(convert_to(previous || '|' || sequence || '|' || content, 'UTF8')), 'hex'
    )
$$;

CREATE OR REPLACE FUNCTION ai_audit_refuse() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is evidence: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;

-- A suggestion is free while it waits in the work queue; its content is hashed when it leaves.
CREATE OR REPLACE FUNCTION ai_audit_log_freeze() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.content_hash IS NOT NULL THEN
        IF NEW.content_hash IS DISTINCT FROM OLD.content_hash
            OR ai_audit_log_content(NEW) IS DISTINCT FROM ai_audit_log_content(OLD)
        THEN
            RAISE EXCEPTION 'ai_audit_log is evidence: what was suggested cannot be changed'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    ELSIF NEW.state IN ('queued', 'running', 'failed') THEN
        NEW.content_hash := NULL;
    ELSE
        NEW.content_hash := ai_audit_hash(ai_audit_log_content(NEW));
    END IF;
    RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION ai_audit_log_event_freeze() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.log_hash := (SELECT content_hash FROM ai_audit_log WHERE id = NEW.log_id);
        NEW.content_hash := ai_audit_hash(ai_audit_log_event_content(NEW));
    ELSIF NEW.content_hash IS DISTINCT FROM OLD.content_hash
        OR ai_audit_log_event_content(NEW) IS DISTINCT FROM ai_audit_log_event_content(OLD)
    THEN
        RAISE EXCEPTION 'ai_audit_log_event is evidence: events cannot be changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION ai_audit_seal_freeze() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND ai_audit_seal_content(NEW) IS DISTINCT FROM ai_audit_seal_content(OLD) THEN
        RAISE EXCEPTION 'ai_audit_seal is evidence: seals cannot be changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;

-- A payload may only lose its content; the salted digest of it stays in the chain.
CREATE OR REPLACE FUNCTION ai_audit_payload_freeze() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (
        NEW.log_id IS DISTINCT FROM OLD.log_id
        OR NEW.salt IS DISTINCT FROM OLD.salt
        OR (NEW.content IS NOT NULL AND NEW.content IS DISTINCT FROM OLD.content)
    ) THEN
        RAISE EXCEPTION 'ai_audit_payload is evidence: it can only be redacted'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;

-- Rows of a version that had no triggers yet are hashed once, as they are found.
DO $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_trigger
         WHERE tgname = 'ai_audit_freeze' AND tgrelid = 'ai_audit_log_event'::regclass
    ) THEN
        UPDATE ai_audit_log log SET content_hash = ai_audit_hash(ai_audit_log_content(log))
         WHERE content_hash IS NULL AND state NOT IN ('queued', 'running', 'failed');
        UPDATE ai_audit_log_event event SET log_hash = log.content_hash
          FROM ai_audit_log log
         WHERE log.id = event.log_id AND event.content_hash IS NULL
           AND event.new_state NOT IN ('queued', 'running', 'failed');
        UPDATE ai_audit_log_event event
           SET content_hash = ai_audit_hash(ai_audit_log_event_content(event))
         WHERE content_hash IS NULL;
    END IF;
END
$$;

-- PostgreSQL 13 knows no CREATE OR REPLACE TRIGGER.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'ai_audit_log', 'ai_audit_log_event', 'ai_audit_seal', 'ai_audit_payload'
    ] LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS ai_audit_freeze ON %I', name);
        EXECUTE format('DROP TRIGGER IF EXISTS ai_audit_keep ON %I', name);
        EXECUTE format('DROP TRIGGER IF EXISTS ai_audit_keep_all ON %I', name);
        EXECUTE format(
            'CREATE TRIGGER ai_audit_freeze BEFORE INSERT OR UPDATE ON %I'
            ' FOR EACH ROW EXECUTE FUNCTION %I()', name, name || '_freeze'
        );
        EXECUTE format(
            'CREATE TRIGGER ai_audit_keep BEFORE DELETE ON %I'
            ' FOR EACH ROW EXECUTE FUNCTION ai_audit_refuse()', name
        );
        EXECUTE format(
            'CREATE TRIGGER ai_audit_keep_all BEFORE TRUNCATE ON %I'
            ' FOR EACH STATEMENT EXECUTE FUNCTION ai_audit_refuse()', name
        );
    END LOOP;
END
$$;
