/**
 * The namespaces of application services. Pure.
 *
 * <p>In reading order:
 *
 * <ul>
 *   <li>{@code ServiceNamespaces}: the users, aliases and rooms of a service
 *   <li>{@code LinearPattern}: a regular expression, matched in linear time
 *   <li>{@code PatternParser}, {@code PatternNode}: its structure
 * </ul>
 */
@NullMarked
package io.github.matrixsync.domain.appservice;

import org.jspecify.annotations.NullMarked;
