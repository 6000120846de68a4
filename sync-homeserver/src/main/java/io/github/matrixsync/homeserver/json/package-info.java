/**
 * JSON as trees, without a library for trees.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code JsonNode}: a value, or what stands for a missing one
 *   <li>{@code ObjectNode} and {@code ArrayNode}: values that have others
 *   <li>{@code ValueNode}: all other values
 *   <li>{@code JsonText}: reads and writes trees as text
 * </ul>
 */
@NullMarked
package io.github.matrixsync.homeserver.json;

import org.jspecify.annotations.NullMarked;
