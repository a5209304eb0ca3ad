package org.jenkinsci.remoting;

import java.io.Serializable;

/** Something that can cross a connection but cannot be kept. */
public interface SerializableOnlyOverRemoting extends Serializable {}
