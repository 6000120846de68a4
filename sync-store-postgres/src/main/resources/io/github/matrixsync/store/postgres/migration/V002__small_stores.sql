-- Presence, typing, receipts, account data, settings and the room directory. Written for PostgreSQL 15 and later.

CREATE TABLE "${schema}".presence (
  subject        text     COLLATE "C" PRIMARY KEY,
  position       bigint   NOT NULL UNIQUE,
  state          smallint NOT NULL, -- 0 online, 1 unavailable, 2 offline, 3 free_for_chat
  status_message bytea,
  last_active    bigint,            -- milliseconds since the epoch
  display_name   bytea,
  avatar_url     bytea
);

CREATE TABLE "${schema}".typing (
  room       text     COLLATE "C" PRIMARY KEY,
  position   bigint   NOT NULL UNIQUE,
  revision   bigint   NOT NULL UNIQUE,      -- higher with every change, also of a deadline alone
  users      text[]   COLLATE "C" NOT NULL, -- in the order in which they began
  deadlines  bigint[] NOT NULL,             -- of each, milliseconds since the epoch
  until      bigint,                        -- the earliest of them; null if nobody is typing
  next_until bigint                         -- the earliest deadline of all rooms as of this revision
);

-- Deadlines pass, so that the low end of this index is full of rows that are gone. Reads begin at the latest next_until.
CREATE INDEX typing_until ON "${schema}".typing (until) WHERE until IS NOT NULL;

CREATE TABLE "${schema}".receipt (
  room     text   COLLATE "C" NOT NULL,
  subject  text   COLLATE "C" NOT NULL,
  type     bytea  NOT NULL,
  type_key bytea  NOT NULL, -- SHA-256 of the type
  position bigint NOT NULL UNIQUE,
  event    text   COLLATE "C" NOT NULL,
  at       bigint NOT NULL, -- milliseconds since the epoch
  PRIMARY KEY (room, subject, type_key)
);

CREATE TABLE "${schema}".account_data (
  subject  text   COLLATE "C" NOT NULL,
  room     text   COLLATE "C" NOT NULL, -- empty: global
  type     bytea  NOT NULL,
  type_key bytea  NOT NULL, -- SHA-256 of the type
  position bigint NOT NULL UNIQUE,
  content  bytea  NOT NULL,
  PRIMARY KEY (subject, room, type_key)
);

-- Whose settings changed, so that the listeners of every node are told: a stream with the latest change of each user.
CREATE TABLE "${schema}".settings_change (
  subject  text   COLLATE "C" PRIMARY KEY,
  position bigint NOT NULL UNIQUE
);

CREATE TABLE "${schema}".setting (
  subject text     COLLATE "C" NOT NULL,
  kind    smallint NOT NULL, -- 0 an ignored user, 1 a forgotten room, 2 a user in the presence list, 3 erased
  value   text     COLLATE "C" NOT NULL, -- empty: the user is erased
  PRIMARY KEY (subject, kind, value)
);

CREATE TABLE "${schema}".published_room (
  room text COLLATE "C" PRIMARY KEY
);

CREATE TABLE "${schema}".room_alias (
  alias text COLLATE "C" PRIMARY KEY,
  room  text COLLATE "C" NOT NULL
);

CREATE INDEX room_alias_room ON "${schema}".room_alias (room);

INSERT INTO "${schema}".schema_version (version) VALUES (2);
