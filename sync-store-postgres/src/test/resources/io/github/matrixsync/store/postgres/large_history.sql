-- Fills empty tables with a large history, by sets: what the store itself would have written for these events.
--
-- ${rooms} rooms take turns; a room's first event creates it, the next ${members} are joins, then every seventh sets the
-- topic and the others are messages. @u0:large is the second member of the first ${joined} rooms; the other members are
-- spread over ${users} users. Every tenth message of a room reacts to the one before it or is in the thread of the
-- room's first event, in turn, and before every hundredth event of a room there is a gap.

CREATE FUNCTION pg_temp.entry(type text, state_key text) RETURNS bytea LANGUAGE sql IMMUTABLE AS
  $$ SELECT sha256(int4send(octet_length(type)) || convert_to(type, 'UTF8')
    || int4send(octet_length(state_key)) || convert_to(state_key, 'UTF8')) $$;

CREATE TEMPORARY TABLE made AS
  SELECT i AS position, 1 + (i - 1) % ${rooms} AS room, (i - 1) / ${rooms} AS k FROM generate_series(1::bigint, ${events}) i;

CREATE TEMPORARY TABLE filled AS
  SELECT position, room, k, '!r' || room || ':large' AS room_id, '$e' || position || ':large' AS id,
    CASE WHEN k = 0 THEN 'm.room.create' WHEN k <= ${members} THEN 'm.room.member'
      WHEN k % 7 = 0 THEN 'm.room.topic' ELSE 'm.room.message' END AS type,
    CASE WHEN k = 0 THEN '' WHEN k = 1 AND room <= ${joined} THEN '@u0:large'
      WHEN k <= ${members} THEN '@u' || 1 + (room * 31 + k * 17) % ${users} || ':large'
      WHEN k % 7 = 0 THEN '' END AS state_key,
    '@u' || 1 + (room * 31 + (1 + k % ${members}) * 17) % ${users} || ':large' AS sender,
    CASE WHEN k > ${members} AND k % 7 <> 0 AND k % 20 = 10 THEN '$e' || room || ':large'
      WHEN k > ${members} AND k % 7 <> 0 AND k % 20 = 0 THEN '$e' || position - ${rooms} || ':large' END AS relates_to
  FROM made;

INSERT INTO "${schema}".room (number, id) SELECT r, '!r' || r || ':large' FROM generate_series(1, ${rooms}) r;

INSERT INTO "${schema}".event (position, room, kind, depth, has_depth, top_depth, high_depth, high_position, room_id,
    sender, subject, id, type, state_key, origin_server_ts, membership, replaces, changes, subject_knows, sets_state,
    redacted, json, rel_type, relates_to)
  SELECT position, room, 0, k + 1, true, k + 1, k + 1, position, room_id,
    CASE type WHEN 'm.room.member' THEN state_key ELSE sender END,
    CASE type WHEN 'm.room.member' THEN state_key END,
    id, convert_to(type, 'UTF8'), convert_to(state_key, 'UTF8'), 1700000000000 + position,
    CASE type WHEN 'm.room.member' THEN 0 END,
    CASE WHEN type = 'm.room.topic' AND k - 7 > ${members} THEN '$e' || position - 7 * ${rooms} || ':large' END,
    CASE WHEN type = 'm.room.member' THEN '\x0d0300'::bytea WHEN state_key IS NOT NULL THEN '\x0c'::bytea END,
    false, state_key IS NOT NULL, false,
    convert_to('{"event_id":"' || id || '","room_id":"' || room_id || '","sender":"' || sender || '","type":"' || type
      || '","origin_server_ts":' || 1700000000000 + position || ',"content":{'
      || CASE type WHEN 'm.room.member' THEN '"membership":"join"' ELSE '"body":"' || repeat('x', 380) || '"' END
      || '}}', 'UTF8'),
    CASE WHEN relates_to IS NOT NULL THEN convert_to(CASE k % 20 WHEN 10 THEN 'm.thread' ELSE 'm.annotation' END, 'UTF8')
      END,
    relates_to
  FROM filled ORDER BY position;

INSERT INTO "${schema}".state_entry (room, entry, since, until, event)
  SELECT room, pg_temp.entry(type, state_key), position,
    CASE WHEN type = 'm.room.topic' AND position + 7 * ${rooms} <= ${events} THEN position + 7 * ${rooms}
      ELSE 9223372036854775807 END, position
  FROM filled WHERE state_key IS NOT NULL ORDER BY position;

INSERT INTO "${schema}".member (subject, room, room_id, since, before, after, event)
  SELECT state_key, room, room_id, position, 3, 0, id FROM filled WHERE type = 'm.room.member' ORDER BY position;

INSERT INTO "${schema}".timeline_gap (room, position) SELECT room, position FROM made WHERE k % 100 = 99;
