/**
 * User settings and the room directory, read as of now.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code SettingsRole}: the settings; {@code Setting}: one of them
 *   <li>{@code SettingsTable}: how they are changed, by {@code SettingsOrder}
 *   <li>{@code DirectoryRole}: the published rooms and the aliases, with {@code DirectoryPlan}
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.postgres.internal.settings;

import org.jspecify.annotations.NullMarked;
