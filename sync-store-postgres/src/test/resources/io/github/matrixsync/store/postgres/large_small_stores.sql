-- Fills the empty tables of small stores: as many to-device messages as there are events, 1,000 of them for a device of
-- @u0:large, a device list of each of ${users} users, and 1,000 unread counts of every thousandth user.

INSERT INTO "${schema}".to_device_message (position, subject, device, sender, type, content)
  SELECT position, CASE WHEN position % 1000 = 0 AND position <= 1000000 THEN '@u0:large'
      ELSE '@u' || 1 + position % ${users} || ':large' END,
    'D', '@u1:large', convert_to('m.room_key_request', 'UTF8'), convert_to('{"n":' || position || '}', 'UTF8')
  FROM generate_series(1::bigint, ${events}) position;

INSERT INTO "${schema}".to_device_inbox (subject, device, position)
  SELECT subject, device, max(position) FROM "${schema}".to_device_message GROUP BY subject, device;

INSERT INTO "${schema}".device_list (subject, position)
  SELECT '@u' || i || ':large', i + 1 FROM generate_series(0, ${users}) i;

INSERT INTO "${schema}".unread_count (subject, room, position, threads, notifications, highlights)
  SELECT '@u' || u || ':large', '!r' || r || ':large', u * 1000 + r, '{}', '{1}', '{0}'
  FROM generate_series(0, ${users} / 1000) u, generate_series(1, 1000) r;
