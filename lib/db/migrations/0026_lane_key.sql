ALTER TABLE "gateway_lane" ADD COLUMN "lane_key" text;--> statement-breakpoint
CREATE INDEX "gateway_lane_key" ON "gateway_lane" USING btree ("lane_key");
--> statement-breakpoint
UPDATE "gateway_lane" l SET "lane_key" = a.gateway || ' ' || m.merchant || ' ' || lower(substring(m.url from '^https?://([^/?#]+)'))
  FROM "merchant_account" a CROSS JOIN LATERAL (SELECT coalesce(a.config->>'merchantId', a.config->>'appId') AS merchant,
         coalesce(a.config->>'url', a.config->>'gatewayUrl') AS url) m
 WHERE a.id = l.account_id AND m.merchant IS NOT NULL AND m.url ~ '^https?://';
