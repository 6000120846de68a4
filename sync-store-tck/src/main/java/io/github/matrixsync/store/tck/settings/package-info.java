/**
 * The classes to extend for user settings: one for each setting that a host supports.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code IgnoredUsersTck}: whom a user ignores
 *   <li>{@code ForgottenRoomsTck}: which rooms a user has forgotten
 *   <li>{@code PresenceListsTck}: whose presence a user follows
 *   <li>{@code ErasedUsersTck}: which users asked for erasure
 *   <li>{@code BlockedInvitesTck}: which users block all invites
 *   <li>{@code SettableUserSettingsTck}: all of them, if they are set through this library
 *   <li>{@code SharedUserSettingsTck}: all of them, with several instances over one storage
 *   <li>{@code SettingTck}: the base class of all settings
 *   <li>{@code SetValuedSettingTck}: the base class of settings whose value is a set
 * </ul>
 */
@NullMarked
package io.github.matrixsync.store.tck.settings;

import org.jspecify.annotations.NullMarked;
