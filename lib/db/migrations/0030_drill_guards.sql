-- Books of a drill stay a drill's, and reach no gateway but one on their own machine (docs/adr/0028).
CREATE FUNCTION leads_outside(config jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT EXISTS (SELECT 1 FROM jsonb_each_text(config)
    WHERE value ~* '^[a-z][a-z0-9+.-]*://' AND value !~* '^https?://(localhost|127(\.[0-9]{1,3}){3}|\[::1\])(:[0-9]+)?(/|$)')
$$;
--> statement-breakpoint
CREATE FUNCTION guard_drill() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.is_drill AND (TG_OP = 'DELETE' OR NOT NEW.is_drill) THEN
    RAISE EXCEPTION 'books of a drill stay a drill''s' USING ERRCODE = '23514', CONSTRAINT = 'installation_drill_stays';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  IF NEW.is_drill AND NOT OLD.is_drill AND EXISTS (SELECT 1 FROM merchant_account WHERE leads_outside(config)) THEN
    RAISE EXCEPTION 'books that reach a real gateway are no drill''s' USING ERRCODE = '23514', CONSTRAINT = 'installation_drill_accounts';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER installation_drill BEFORE UPDATE OF is_drill OR DELETE ON "installation" FOR EACH ROW EXECUTE FUNCTION guard_drill();
--> statement-breakpoint
CREATE FUNCTION guard_drill_account() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE is_drill boolean;
BEGIN
  SELECT i.is_drill INTO is_drill FROM installation i WHERE id = 1 FOR SHARE;
  IF is_drill AND leads_outside(NEW.config) THEN
    RAISE EXCEPTION 'a drill reaches no real gateway' USING ERRCODE = '23514', CONSTRAINT = 'merchant_account_drill';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER merchant_account_drill BEFORE INSERT OR UPDATE OF config ON "merchant_account" FOR EACH ROW EXECUTE FUNCTION guard_drill_account();
