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
 * What a redaction leaves of an event in a room of one version, as a table; without a version, what it leaves in every
 * version. Immutable.
 *
 * <p>Source: the section "Redactions" of each room version, 1 to 12.
 */
final class RedactionRules {
  static final String REDACTS = "redacts";

  private static final String CREATE = "m.room.create";
  private static final String MEMBERSHIP = "membership";
  private static final String POWER_LEVELS = "m.room.power_levels";
  private static final int LAST = RoomVersion.NEWEST_RULES;

  private static final List<Kept> ALL = List.of(
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
      new Kept(1, 5, "m.room.aliases", "aliases"),
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

  /** Makes the table of a version, or with 0 of what all have in common. */
  private RedactionRules(int rules) {
    this.rules = rules;
    this.content = ALL.stream()
        .filter(survivor -> survivor.isIn(rules))
        .collect(Collectors.groupingBy(
            Kept::type, Collectors.mapping(Kept::key, Collectors.toUnmodifiableSet())));
  }

  static RedactionRules in(Optional<RoomVersion> version) {
    return version.map(room -> BY_VERSION.get(room.rules() - 1)).orElse(OF_EVERY_VERSION);
  }

  /** Returns the keys of the content that stay, with whatever value they have. */
  Set<String> keys(String type) {
    return content.getOrDefault(type, Set.of());
  }

  /** Returns whether the whole content stays. */
  boolean keepAll(String type) {
    return type.equals(CREATE) && rules >= FIRST_WITH_WHOLE_CREATE;
  }

  /** Returns whether {@code signed} of {@code content.third_party_invite} stays, and nothing else of it. */
  boolean keepSignedInvite(String type) {
    return type.equals(RoomEvent.MEMBER) && rules >= FIRST_WITH_SIGNED_INVITE;
  }

  /** Returns whether a redaction that is redacted itself still says what it redacts. */
  boolean keepTarget() {
    return keys(RoomEvent.REDACTION).contains(REDACTS);
  }

  /** Returns whether a member beside the content stays that is not in the envelope, and not for servers alone. */
  boolean keepBesideContent(String name) {
    return name.equals(MEMBERSHIP) && rules > 0 && rules <= LAST_WITH_TOP_LEVEL_MEMBERSHIP;
  }

  private static Kept always(String type, String key) {
    return new Kept(1, LAST, type, key);
  }

  private static Kept from(int first, String type, String key) {
    return new Kept(first, LAST, type, key);
  }

  private record Kept(int first, int last, String type, String key) {
    boolean isIn(int rules) {
      return rules == 0 ? first == 1 && last == LAST : first <= rules && rules <= last;
    }
  }
}
