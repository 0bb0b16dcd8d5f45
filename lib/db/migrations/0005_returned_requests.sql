ALTER TABLE "refund_request" DROP CONSTRAINT "refund_request_status";--> statement-breakpoint
ALTER TABLE "refund_request" ADD CONSTRAINT "refund_request_id_order" UNIQUE("id","order_id");--> statement-breakpoint
ALTER TABLE "refund_request" ADD CONSTRAINT "refund_request_previous" FOREIGN KEY ("previous_id","order_id") REFERENCES "public"."refund_request"("id","order_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_request" ADD CONSTRAINT "refund_request_status" CHECK ("refund_request"."status" in ('REQUESTED','RETURNED','RESENT','APPROVED','REJECTED','WITHDRAWN','EXPIRED','SUPERSEDED'));
