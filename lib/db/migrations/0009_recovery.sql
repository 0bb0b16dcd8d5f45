CREATE SEQUENCE "case_no_seq";--> statement-breakpoint
CREATE TABLE "account_chore" (
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject" text DEFAULT '' NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"from_at" timestamp with time zone,
	"ask_count" integer DEFAULT 0 NOT NULL,
	"last_asked_at" timestamp with time zone,
	"done_at" timestamp with time zone,
	"asked_by" uuid,
	CONSTRAINT "account_chore_account_id_kind_subject_pk" PRIMARY KEY("account_id","kind","subject")
);
--> statement-breakpoint
CREATE TABLE "daily_proof" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"store_id" uuid NOT NULL,
	"business_day" text NOT NULL,
	"method" text NOT NULL,
	"is_clean" boolean NOT NULL,
	"our_count" integer NOT NULL,
	"their_count" integer NOT NULL,
	"lists" jsonb NOT NULL,
	"ran_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "found_refund" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"order_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"key" text NOT NULL,
	"source" text NOT NULL,
	"evidence_id" uuid NOT NULL,
	"found_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "found_refund_key" UNIQUE("account_id","key"),
	CONSTRAINT "found_refund_amount" CHECK ("found_refund"."amount_minor" > 0)
);
--> statement-breakpoint
CREATE TABLE "guard_check" (
	"order_id" uuid NOT NULL,
	"check_no" integer NOT NULL,
	"account_id" uuid NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"done_at" timestamp with time zone,
	CONSTRAINT "guard_check_order_id_check_no_pk" PRIMARY KEY("order_id","check_no")
);
--> statement-breakpoint
CREATE TABLE "head_copy" (
	"id" uuid PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"written_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "incident" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"case_no" text DEFAULT 'C' || lpad(nextval('case_no_seq')::text, 6, '0') NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"store_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"order_id" uuid,
	"op_id" uuid,
	"facts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"evidence_id" uuid,
	"opened_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"closed_at" timestamp with time zone,
	"closed_why" text,
	"closed_by" uuid,
	"closing_evidence_id" uuid,
	CONSTRAINT "incident_case_no_unique" UNIQUE("case_no"),
	CONSTRAINT "incident_closed" CHECK (("incident"."closed_at" is null) = ("incident"."closed_why" is null))
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"id" integer PRIMARY KEY NOT NULL,
	"epoch" text,
	"past_epochs" text DEFAULT '' NOT NULL,
	"sending_off_why" text,
	"sending_off_at" timestamp with time zone,
	"switch_by" uuid,
	"switch_person" uuid,
	"switch_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "settlement" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"op_id" uuid NOT NULL,
	"outcome" text NOT NULL,
	"seen" text NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_person" uuid NOT NULL,
	"proposed_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"status" text DEFAULT 'PROPOSED' NOT NULL,
	"decided_by" uuid,
	"decided_person" uuid,
	"decided_at" timestamp with time zone,
	CONSTRAINT "settlement_two_people" CHECK ("settlement"."decided_person" is null or "settlement"."decided_person" <> "settlement"."proposed_person"),
	CONSTRAINT "settlement_decided" CHECK (("settlement"."status" = 'PROPOSED') = ("settlement"."decided_person" is null)),
	CONSTRAINT "settlement_seen" CHECK (length(trim("settlement"."seen")) >= 10)
);
--> statement-breakpoint
ALTER TABLE "money_op" DROP CONSTRAINT "money_op_request_id_unique";--> statement-breakpoint
ALTER TABLE "pay_order" ADD COLUMN "refunds_wanted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "merchant_account" ADD COLUMN "sending_paused_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "merchant_account" ADD COLUMN "quiet_from" text;--> statement-breakpoint
ALTER TABLE "merchant_account" ADD COLUMN "quiet_to" text;--> statement-breakpoint
ALTER TABLE "account_chore" ADD CONSTRAINT "account_chore_account_id_merchant_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."merchant_account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_chore" ADD CONSTRAINT "account_chore_asked_by_staff_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "daily_proof" ADD CONSTRAINT "daily_proof_account_id_merchant_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."merchant_account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "daily_proof" ADD CONSTRAINT "daily_proof_store_id_store_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."store"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "found_refund" ADD CONSTRAINT "found_refund_account_id_merchant_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."merchant_account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "found_refund" ADD CONSTRAINT "found_refund_evidence_id_evidence_id_fk" FOREIGN KEY ("evidence_id") REFERENCES "public"."evidence"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "found_refund" ADD CONSTRAINT "found_refund_order_id_currency_pay_order_id_currency_fk" FOREIGN KEY ("order_id","currency") REFERENCES "public"."pay_order"("id","currency") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guard_check" ADD CONSTRAINT "guard_check_order_id_pay_order_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."pay_order"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guard_check" ADD CONSTRAINT "guard_check_account_id_merchant_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."merchant_account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident" ADD CONSTRAINT "incident_store_id_store_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."store"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident" ADD CONSTRAINT "incident_account_id_merchant_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."merchant_account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident" ADD CONSTRAINT "incident_order_id_pay_order_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."pay_order"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident" ADD CONSTRAINT "incident_op_id_money_op_id_fk" FOREIGN KEY ("op_id") REFERENCES "public"."money_op"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident" ADD CONSTRAINT "incident_evidence_id_evidence_id_fk" FOREIGN KEY ("evidence_id") REFERENCES "public"."evidence"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident" ADD CONSTRAINT "incident_closed_by_staff_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "installation" ADD CONSTRAINT "installation_switch_by_staff_id_fk" FOREIGN KEY ("switch_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settlement" ADD CONSTRAINT "settlement_op_id_money_op_id_fk" FOREIGN KEY ("op_id") REFERENCES "public"."money_op"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settlement" ADD CONSTRAINT "settlement_proposed_by_staff_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settlement" ADD CONSTRAINT "settlement_decided_by_staff_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_chore_due" ON "account_chore" USING btree ("account_id","due_at") WHERE done_at is null;--> statement-breakpoint
CREATE INDEX "daily_proof_day" ON "daily_proof" USING btree ("account_id","business_day","ran_at");--> statement-breakpoint
CREATE INDEX "found_refund_order" ON "found_refund" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "guard_check_due" ON "guard_check" USING btree ("account_id","due_at") WHERE done_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "incident_open" ON "incident" USING btree ("kind","key") WHERE closed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "incident_once" ON "incident" USING btree ("kind","key") WHERE kind in ('unknownOutcome','paidAfterCancel','refundedElsewhere','successNotSeen','lateEffect');--> statement-breakpoint
CREATE INDEX "incident_store" ON "incident" USING btree ("store_id","closed_at","opened_at");--> statement-breakpoint
CREATE INDEX "incident_order" ON "incident" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "incident_op" ON "incident" USING btree ("op_id");--> statement-breakpoint
CREATE UNIQUE INDEX "settlement_one_open" ON "settlement" USING btree ("op_id") WHERE status = 'PROPOSED';--> statement-breakpoint
CREATE INDEX "money_op_request" ON "money_op" USING btree ("request_id");