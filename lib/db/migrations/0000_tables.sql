CREATE SEQUENCE "request_no_seq";--> statement-breakpoint
CREATE SEQUENCE "op_no_seq";--> statement-breakpoint
CREATE TABLE "audit_event" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"action" text NOT NULL,
	"outcome" text NOT NULL,
	"staff_id" uuid,
	"store_id" uuid,
	"order_id" uuid,
	"subject" text,
	"device_id" text,
	"facts" jsonb NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_head" (
	"id" integer PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "evidence" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"order_id" uuid NOT NULL,
	"op_id" uuid,
	"source" text NOT NULL,
	"outcome" text NOT NULL,
	"code" text,
	"message" text,
	"raw" text,
	"checks" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"seen_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "money_op" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"order_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"request_id" uuid,
	"client_request_id" uuid,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"merchant_no" text NOT NULL,
	"requested_person" uuid NOT NULL,
	"approved_person" uuid,
	"state" text DEFAULT 'READY' NOT NULL,
	"fence" bigint DEFAULT 0 NOT NULL,
	"lease_owner" uuid,
	"lease_until" timestamp with time zone,
	"evidence_id" uuid,
	"why" text,
	"last_sent_at" timestamp with time zone,
	"next_ask_at" timestamp with time zone,
	"ask_count" integer DEFAULT 0 NOT NULL,
	"last_asked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "money_op_request_id_unique" UNIQUE("request_id"),
	CONSTRAINT "money_op_client_request_id_unique" UNIQUE("client_request_id"),
	CONSTRAINT "money_op_merchant_no" UNIQUE("account_id","merchant_no"),
	CONSTRAINT "money_op_lease" CHECK (("money_op"."state" = 'SENDING') = ("money_op"."lease_owner" is not null)),
	CONSTRAINT "money_op_evidence" CHECK ("money_op"."state" not in ('SUCCEEDED','FAILED') or "money_op"."evidence_id" is not null),
	CONSTRAINT "money_op_amount" CHECK (("money_op"."kind" = 'REFUND' and "money_op"."amount_minor" > 0) or ("money_op"."kind" = 'CANCEL' and "money_op"."amount_minor" = 0)),
	CONSTRAINT "money_op_refund_has_request" CHECK (("money_op"."kind" = 'REFUND') = ("money_op"."request_id" is not null)),
	CONSTRAINT "money_op_two_people" CHECK ("money_op"."kind" = 'CANCEL' or "money_op"."approved_person" <> "money_op"."requested_person")
);
--> statement-breakpoint
CREATE TABLE "op_attempt" (
	"op_id" uuid NOT NULL,
	"attempt_no" integer NOT NULL,
	"digest" text NOT NULL,
	"claimed_by" uuid NOT NULL,
	"claimed_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "op_attempt_op_id_attempt_no_pk" PRIMARY KEY("op_id","attempt_no")
);
--> statement-breakpoint
CREATE TABLE "refund_request" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"request_no" text DEFAULT 'Q' || lpad(nextval('request_no_seq')::text, 6, '0') NOT NULL,
	"client_request_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"store_id" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"reason" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"status" text DEFAULT 'REQUESTED' NOT NULL,
	"requested_by" uuid NOT NULL,
	"requested_person" uuid NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"snapshot" jsonb NOT NULL,
	"decided_by" uuid,
	"decided_person" uuid,
	"decided_at" timestamp with time zone,
	"decision_reason" text,
	"previous_id" uuid,
	CONSTRAINT "refund_request_request_no_unique" UNIQUE("request_no"),
	CONSTRAINT "refund_request_client_request_id_unique" UNIQUE("client_request_id"),
	CONSTRAINT "refund_request_amount" CHECK ("refund_request"."amount_minor" > 0),
	CONSTRAINT "refund_request_two_people" CHECK ("refund_request"."status" = 'WITHDRAWN' or "refund_request"."decided_person" <> "refund_request"."requested_person"),
	CONSTRAINT "refund_request_status" CHECK ("refund_request"."status" in ('REQUESTED','APPROVED','REJECTED','WITHDRAWN','EXPIRED','SUPERSEDED'))
);
--> statement-breakpoint
CREATE TABLE "look_up" (
	"device_id" text NOT NULL,
	"order_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"looked_up_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "look_up_device_id_order_id_pk" PRIMARY KEY("device_id","order_id")
);
--> statement-breakpoint
CREATE TABLE "order_watch" (
	"order_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"until_at" timestamp with time zone NOT NULL,
	CONSTRAINT "order_watch_order_id_session_id_pk" PRIMARY KEY("order_id","session_id")
);
--> statement-breakpoint
CREATE TABLE "pay_order" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"store_id" uuid NOT NULL,
	"order_no" text NOT NULL,
	"currency" text NOT NULL,
	"gateway_state" text NOT NULL,
	"amount_minor" bigint,
	"paid_minor" bigint DEFAULT 0 NOT NULL,
	"gateway_order_no" text,
	"wallet" text,
	"title" text,
	"paid_at" timestamp with time zone,
	"handles" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"first_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"as_of_at" timestamp with time zone,
	"last_trouble" text,
	"cancelled_at" timestamp with time zone,
	CONSTRAINT "pay_order_account_no" UNIQUE("account_id","order_no"),
	CONSTRAINT "pay_order_id_currency" UNIQUE("id","currency")
);
--> statement-breakpoint
CREATE TABLE "query_job" (
	"order_id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"priority" integer NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"last_asked_at" timestamp with time zone,
	"ask_count" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "app_session" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"sid_hash" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"device_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_action_at" timestamp with time zone DEFAULT now() NOT NULL,
	"idle_until" timestamp with time zone NOT NULL,
	"absolute_until" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "app_session_sid_hash_unique" UNIQUE("sid_hash")
);
--> statement-breakpoint
CREATE TABLE "guess_lock" (
	"subject" text PRIMARY KEY NOT NULL,
	"wrong_count" integer DEFAULT 0 NOT NULL,
	"locked_until" timestamp with time zone,
	"last_try_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"username" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"password_hash" text NOT NULL,
	"pin_hash" text NOT NULL,
	"refund_limit_minor" bigint DEFAULT 0 NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "staff_username_unique" UNIQUE("username")
);
--> statement-breakpoint
CREATE TABLE "staff_store" (
	"staff_id" uuid NOT NULL,
	"store_id" uuid NOT NULL,
	CONSTRAINT "staff_store_staff_id_store_id_pk" PRIMARY KEY("staff_id","store_id")
);
--> statement-breakpoint
CREATE TABLE "step_up" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"staff_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"method" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "gateway_lane" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"holder" uuid,
	"holder_until" timestamp with time zone,
	"fence" bigint DEFAULT 0 NOT NULL,
	"gap_ms" integer NOT NULL,
	"next_free_at" timestamp with time zone DEFAULT now() NOT NULL,
	"trouble_count" integer DEFAULT 0 NOT NULL,
	"breaker_until" timestamp with time zone DEFAULT now() NOT NULL,
	"last_answer_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "merchant_account" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"slug" text NOT NULL,
	"store_id" uuid NOT NULL,
	"gateway" text NOT NULL,
	"currency" text NOT NULL,
	"config" jsonb NOT NULL,
	"sealed_secrets" "bytea" NOT NULL,
	"is_full_refund_only" boolean NOT NULL,
	"sending_paused_why" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "merchant_account_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "store" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"time_zone" text NOT NULL,
	"currency" text NOT NULL,
	"day_cut_at" text DEFAULT '00:00' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "store_code_unique" UNIQUE("code")
);
--> statement-breakpoint
ALTER TABLE "money_op" ADD CONSTRAINT "money_op_account_id_merchant_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."merchant_account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_op" ADD CONSTRAINT "money_op_request_id_refund_request_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."refund_request"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_op" ADD CONSTRAINT "money_op_order_id_currency_pay_order_id_currency_fk" FOREIGN KEY ("order_id","currency") REFERENCES "public"."pay_order"("id","currency") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "op_attempt" ADD CONSTRAINT "op_attempt_op_id_money_op_id_fk" FOREIGN KEY ("op_id") REFERENCES "public"."money_op"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_request" ADD CONSTRAINT "refund_request_store_id_store_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."store"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_request" ADD CONSTRAINT "refund_request_requested_by_staff_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_request" ADD CONSTRAINT "refund_request_decided_by_staff_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_request" ADD CONSTRAINT "refund_request_order_id_currency_pay_order_id_currency_fk" FOREIGN KEY ("order_id","currency") REFERENCES "public"."pay_order"("id","currency") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "look_up" ADD CONSTRAINT "look_up_order_id_pay_order_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."pay_order"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "look_up" ADD CONSTRAINT "look_up_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_watch" ADD CONSTRAINT "order_watch_order_id_pay_order_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."pay_order"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_order" ADD CONSTRAINT "pay_order_account_id_merchant_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."merchant_account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_order" ADD CONSTRAINT "pay_order_store_id_store_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."store"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "query_job" ADD CONSTRAINT "query_job_order_id_pay_order_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."pay_order"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app_session" ADD CONSTRAINT "app_session_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_store" ADD CONSTRAINT "staff_store_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_store" ADD CONSTRAINT "staff_store_store_id_store_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."store"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "step_up" ADD CONSTRAINT "step_up_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "step_up" ADD CONSTRAINT "step_up_session_id_app_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."app_session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gateway_lane" ADD CONSTRAINT "gateway_lane_account_id_merchant_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."merchant_account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merchant_account" ADD CONSTRAINT "merchant_account_store_id_store_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."store"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_event_store" ON "audit_event" USING btree ("store_id","seq");--> statement-breakpoint
CREATE INDEX "audit_event_order" ON "audit_event" USING btree ("order_id","seq");--> statement-breakpoint
CREATE INDEX "evidence_order" ON "evidence" USING btree ("order_id","seen_at");--> statement-breakpoint
CREATE UNIQUE INDEX "money_op_one_live" ON "money_op" USING btree ("order_id") WHERE state in ('READY','SENDING','PENDING','UNKNOWN','NEEDS_PERSON');--> statement-breakpoint
CREATE INDEX "money_op_due" ON "money_op" USING btree ("state","next_ask_at");--> statement-breakpoint
CREATE INDEX "money_op_order" ON "money_op" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "refund_request_store" ON "refund_request" USING btree ("store_id","status","requested_at");--> statement-breakpoint
CREATE INDEX "refund_request_order" ON "refund_request" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "refund_request_by" ON "refund_request" USING btree ("requested_by","requested_at");--> statement-breakpoint
CREATE INDEX "look_up_device" ON "look_up" USING btree ("device_id","looked_up_at");--> statement-breakpoint
CREATE INDEX "order_watch_until" ON "order_watch" USING btree ("until_at");--> statement-breakpoint
CREATE INDEX "pay_order_store_seen" ON "pay_order" USING btree ("store_id","first_seen_at","id");--> statement-breakpoint
CREATE INDEX "pay_order_store_state" ON "pay_order" USING btree ("store_id","gateway_state","first_seen_at","id");--> statement-breakpoint
CREATE INDEX "pay_order_no" ON "pay_order" USING btree ("order_no" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "query_job_next" ON "query_job" USING btree ("account_id","priority","due_at");