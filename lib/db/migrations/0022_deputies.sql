CREATE TABLE "deputy" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"principal_id" uuid NOT NULL,
	"deputy_id" uuid NOT NULL,
	"from_on" date NOT NULL,
	"until_on" date NOT NULL,
	"named_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" uuid,
	CONSTRAINT "deputy_days" CHECK ("deputy"."from_on" <= "deputy"."until_on"),
	CONSTRAINT "deputy_somebody_else" CHECK ("deputy"."principal_id" <> "deputy"."deputy_id")
);
--> statement-breakpoint
ALTER TABLE "refund_request" ADD COLUMN "first_approved_for" uuid;--> statement-breakpoint
ALTER TABLE "refund_request" ADD COLUMN "first_approved_for_person" uuid;--> statement-breakpoint
ALTER TABLE "refund_request" ADD COLUMN "decided_for" uuid;--> statement-breakpoint
ALTER TABLE "refund_request" ADD COLUMN "decided_for_person" uuid;--> statement-breakpoint
ALTER TABLE "deputy" ADD CONSTRAINT "deputy_principal_id_staff_id_fk" FOREIGN KEY ("principal_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deputy" ADD CONSTRAINT "deputy_deputy_id_staff_id_fk" FOREIGN KEY ("deputy_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deputy" ADD CONSTRAINT "deputy_ended_by_staff_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deputy_of" ON "deputy" USING btree ("deputy_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "deputy_by" ON "deputy" USING btree ("principal_id") WHERE ended_at is null;--> statement-breakpoint
ALTER TABLE "refund_request" ADD CONSTRAINT "refund_request_first_approved_for_staff_id_fk" FOREIGN KEY ("first_approved_for") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_request" ADD CONSTRAINT "refund_request_decided_for_staff_id_fk" FOREIGN KEY ("decided_for") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_request" ADD CONSTRAINT "refund_request_for" CHECK ("refund_request"."decided_for_person" <> "refund_request"."requested_person" and "refund_request"."decided_for_person" <> "refund_request"."decided_person"
        and num_nulls("refund_request"."decided_for", "refund_request"."decided_for_person") in (0, 2));--> statement-breakpoint
ALTER TABLE "refund_request" ADD CONSTRAINT "refund_request_first_for" CHECK ("refund_request"."first_approved_for_person" <> "refund_request"."requested_person" and "refund_request"."first_approved_for_person" <> "refund_request"."first_approved_person"
        and num_nulls("refund_request"."first_approved_for", "refund_request"."first_approved_for_person") in (0, 2));