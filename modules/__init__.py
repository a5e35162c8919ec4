"""What we learn: topic modules, Concept articles, the syllabus of each module and who got how far.

Apps above place their own items (labs) into a syllabus and report them done."""
