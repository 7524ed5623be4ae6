-- Runs that have ended and yet need a person's look: few, among all that ever ended.
create index export_requests_ended_for_a_person_idx
  on accounting.export_requests (organisation_id)
  where ended_at is not null and review_reason is not null;
