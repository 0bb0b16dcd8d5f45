ALTER TABLE "refund_request" ADD COLUMN "first_approved_by" uuid;--> statement-breakpoint
ALTER TABLE "refund_request" ADD COLUMN "first_approved_person" uuid;--> statement-breakpoint
ALTER TABLE "refund_request" ADD COLUMN "first_approved_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "refund_request" ADD COLUMN "first_seen" jsonb;--> statement-breakpoint
ALTER TABLE "store" ADD COLUMN "second_approval_above_minor" bigint;--> statement-breakpoint
ALTER TABLE "refund_request" ADD CONSTRAINT "refund_request_first_approved_by_staff_id_fk" FOREIGN KEY ("first_approved_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_request" ADD CONSTRAINT "refund_request_first" CHECK ("refund_request"."first_approved_person" <> "refund_request"."requested_person" and num_nulls("refund_request"."first_approved_by", "refund_request"."first_approved_person", "refund_request"."first_approved_at", "refund_request"."first_seen") in (0, 4));