/**
 * The endpoints, by part of the API.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code ServerParts}: the parts of the server that endpoints work with
 *   <li>{@code ServerEndpoints}: what the server can do
 *   <li>{@code AccountEndpoints}: registration and login
 *   <li>{@code SessionEndpoints}: devices, and logging out
 *   <li>{@code Deactivation}: the end of an account
 *   <li>{@code PeopleEndpoints}: profiles, presence and presence lists
 *   <li>{@code AccountDataEndpoints}: account data and tags
 *   <li>{@code RoomEndpoints}: rooms, memberships and messages
 *   <li>{@code Creation}: the events that a new room begins with
 *   <li>{@code InitialState}: the state that a request for a new room brings
 *   <li>{@code StateEndpoints}: a room's state and members
 *   <li>{@code DirectoryEndpoints}: aliases
 *   <li>{@code PublicRoomEndpoints}: the lists of public rooms
 *   <li>{@code EphemeralEndpoints}: typing, receipts and read markers
 * </ul>
 */
@NullMarked
package io.github.matrixsync.homeserver.endpoint;

import org.jspecify.annotations.NullMarked;
