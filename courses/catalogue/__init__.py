"""The pages: home, course index, course, module, lesson; the face of a course."""
