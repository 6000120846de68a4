package io.github.matrixsync.domain.event;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The members that a redaction keeps in one room version; without a version, those that every version keeps. Immutable.
 *
 * <p>Source: the section "Redactions" of each room version, 1 to 12.
 */
final class RedactionRules {
  static final String REDACTS = "redacts";

  private static final String CREATE = "m.room.create";
  private static final String MEMBERSHIP = "membership";
  private static final String POWER_LEVELS = "m.room.power_levels";
  private static final int LAST = RoomVersion.NEWEST_RULES;

  private static final List<AllowedKey> ALL = List.of(
      always(RoomEvent.MEMBER, MEMBERSHIP),
      from(9, RoomEvent.MEMBER, "join_authorised_via_users_server"),
      always(CREATE, "creator"),
      always("m.room.join_rules", "join_rule"),
      from(8, "m.room.join_rules", "allow"),
      always(POWER_LEVELS, "users"),
      always(POWER_LEVELS, "users_default"),
      always(POWER_LEVELS, "events"),
      always(POWER_LEVELS, "events_default"),
      always(POWER_LEVELS, "state_default"),
      always(POWER_LEVELS, "ban"),
      always(POWER_LEVELS, "kick"),
      always(POWER_LEVELS, "redact"),
      from(11, POWER_LEVELS, "invite"),
      new AllowedKey(1, 5, "m.room.aliases", "aliases"),
      always(RoomEvent.HISTORY_VISIBILITY, "history_visibility"),
      from(11, RoomEvent.REDACTION, REDACTS));
  private static final int FIRST_WITH_WHOLE_CREATE = 11;
  private static final int FIRST_WITH_SIGNED_INVITE = 11;
  private static final int LAST_WITH_TOP_LEVEL_MEMBERSHIP = 10;

  private static final RedactionRules OF_EVERY_VERSION = new RedactionRules(0);
  private static final List<RedactionRules> BY_VERSION =
      IntStream.rangeClosed(1, LAST).mapToObj(RedactionRules::new).toList();

  private final int rules;
  private final Map<String, Set<String>> content;

  /** Makes the table of a version; 0 for the members that all versions keep. */
  private RedactionRules(int rules) {
    this.rules = rules;
    this.content = ALL.stream()
        .filter(survivor -> survivor.isIn(rules))
        .collect(Collectors.groupingBy(
            AllowedKey::type, Collectors.mapping(AllowedKey::key, Collectors.toUnmodifiableSet())));
  }

  static RedactionRules in(Optional<RoomVersion> version) {
    return version.map(room -> BY_VERSION.get(room.rules() - 1)).orElse(OF_EVERY_VERSION);
  }

  /** Returns the keys of the content that are kept. */
  Set<String> keys(String type) {
    return content.getOrDefault(type, Set.of());
  }

  /** Returns whether the whole content is kept. */
  boolean keepAll(String type) {
    return type.equals(CREATE) && rules >= FIRST_WITH_WHOLE_CREATE;
  }

  /** Returns whether {@code signed} of {@code content.third_party_invite} is kept, without the rest of it. */
  boolean keepSignedInvite(String type) {
    return type.equals(RoomEvent.MEMBER) && rules >= FIRST_WITH_SIGNED_INVITE;
  }

  /** Returns whether a redacted redaction keeps its target. */
  boolean keepTarget() {
    return keys(RoomEvent.REDACTION).contains(REDACTS);
  }

  /** Returns whether a top-level member is kept that is neither in the envelope nor for servers only. */
  boolean keepBesideContent(String name) {
    return name.equals(MEMBERSHIP) && rules > 0 && rules <= LAST_WITH_TOP_LEVEL_MEMBERSHIP;
  }

  private static AllowedKey always(String type, String key) {
    return new AllowedKey(1, LAST, type, key);
  }

  private static AllowedKey from(int first, String type, String key) {
    return new AllowedKey(first, LAST, type, key);
  }

  private record AllowedKey(int first, int last, String type, String key) {
    boolean isIn(int rules) {
      return rules == 0 ? first == 1 && last == LAST : first <= rules && rules <= last;
    }
  }
}
