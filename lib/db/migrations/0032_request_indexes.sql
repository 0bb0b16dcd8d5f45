CREATE INDEX "refund_request_own" ON "refund_request" USING btree ("requested_person","requested_at");--> statement-breakpoint
CREATE INDEX "refund_request_over" ON "refund_request" USING btree ("store_id",(coalesce("decided_at", "expires_at")),"id");--> statement-breakpoint
CREATE INDEX "refund_request_decided_by" ON "refund_request" USING btree ("decided_person","decided_at");--> statement-breakpoint
CREATE INDEX "refund_request_next" ON "refund_request" USING btree ("previous_id") WHERE previous_id is not null;