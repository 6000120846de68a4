/**
 * The classes to extend for what users set: one for each setting that a host's users have.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code IgnoredUsersTck}: whom a user ignores
 *   <li>{@code ForgottenRoomsTck}: which rooms a user has forgotten
 *   <li>{@code PresenceListsTck}: whose presence a user follows
 *   <li>{@code ErasedUsersTck}: which users asked for erasure
 *   <li>{@code SettableUserSettingsTck}: all of them, where they are set through this library
 *   <li>{@code SharedUserSettingsTck}: all of them, where several instances set them
 *   <li>{@code SettingTck}: what all settings have in common
 *   <li>{@code SetSettingTck}: what settings that are sets have in common
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.tck.settings;

import org.jspecify.annotations.NullMarked;
