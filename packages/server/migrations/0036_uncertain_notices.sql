-- Whether a try of a notice was written to the wire and ended with no word of the other end: whoever may have been told of an
-- alert hears of its end.
ALTER TABLE notification_outbox ADD COLUMN may_have_arrived boolean NOT NULL DEFAULT false;
